import { MantineProvider } from "@mantine/core";
import { act, cleanup, render, screen } from "@testing-library/react";
import { lazy, type ReactNode, Suspense, useRef } from "react";
import { MemoryRouter, type NavigateFunction, Route, Routes, useNavigate } from "react-router";
import { afterEach, beforeEach, expect, it } from "vitest";
import { PageHeader } from "@/widgets/PageHeader";
import { useScreenFocus } from "./useScreenFocus";

let go: NavigateFunction;
let arrive: () => void;
const fetched = new Promise<{ default: () => ReactNode }>((resolve) => {
  arrive = () => resolve({ default: () => <PageHeader title="Slow" /> });
});
const Slow = lazy(() => fetched);

function Frame() {
  const main = useRef<HTMLElement>(null);
  useScreenFocus(main);
  go = useNavigate();
  return (
    <>
      <a href="#rail">Rail</a>
      <main ref={main} tabIndex={-1}>
        <Routes>
          <Route path="/" element={<PageHeader title="Calls" />} />
          <Route path="/calls/:number" element={<PageHeader title="Calls" />} />
          <Route path="/users" element={<PageHeader title="People" />} />
          <Route
            path="/slow"
            element={
              <Suspense fallback={null}>
                <Slow />
              </Suspense>
            }
          />
          <Route path="/nowhere" element={<p>Nothing</p>} />
        </Routes>
      </main>
    </>
  );
}

const to = (address: string) => act(async () => void (await go(address)));
const focused = () => document.activeElement;

beforeEach(() => {
  render(
    <MantineProvider env="test">
      <MemoryRouter>
        <Frame />
      </MemoryRouter>
    </MantineProvider>,
  );
});
afterEach(() => {
  cleanup();
  document.body.innerHTML = "";
});

it("U3: the page opens without taking the focus anywhere", () => {
  expect(focused()).toBe(document.body);
});

it("U3: another screen's heading has the focus, wherever one came from", async () => {
  screen.getByText("Rail").focus();
  await to("/users");
  expect(focused()).toBe(screen.getByRole("heading", { name: "People" }));
  await to("/");
  expect(focused()).toBe(screen.getByRole("heading", { name: "Calls" }));
});

it("U3: a screen that is still being fetched gives its heading the focus when it is there", async () => {
  await to("/slow");
  expect(focused()).toBe(screen.getByRole("main"));
  await act(async () => arrive());
  expect(focused()).toBe(await screen.findByRole("heading", { name: "Slow" }));
});

it("U3: a screen without a heading has it as a whole", async () => {
  await to("/nowhere");
  expect(focused()).toBe(screen.getByRole("main"));
});

it("U3: a record that opens over its screen leaves the focus where it was", async () => {
  screen.getByText("Rail").focus();
  await to("/calls/1042");
  expect(focused()).toBe(screen.getByText("Rail"));
});

it("U3: a dialog over the page keeps the focus", async () => {
  const dialog = document.createElement("div");
  dialog.setAttribute("aria-modal", "true");
  dialog.tabIndex = -1;
  document.body.append(dialog);
  dialog.focus();
  await to("/users");
  expect(focused()).toBe(dialog);
});
