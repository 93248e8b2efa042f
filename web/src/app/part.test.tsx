import { MantineProvider } from "@mantine/core";
import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { part } from "./part";
import { aServer, type FakeServer } from "./testServer";

const lost = () => Promise.reject(new TypeError("Failed to fetch dynamically imported module: /assets/x.js"));
const Whole = ({ name }: { name: string }) => <p>{`Hello ${name}`}</p>;
let server: FakeServer;

function show(load: () => Promise<{ default: typeof Whole }>) {
  const Part = part(load, { inPlace: true });
  render(
    <MantineProvider env="test">
      <p>The board</p>
      <Part name="Ana" />
    </MantineProvider>,
  );
}

beforeEach(() => {
  server = aServer();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => vi.unstubAllGlobals());

describe("a part that is fetched when it is wanted (U6)", () => {
  it("is shown once it is there", async () => {
    show(async () => ({ default: Whole }));
    expect(await screen.findByText("Hello Ana")).toBeTruthy();
  });

  it("says that one is offline where it does not come, keeps the rest, and comes with the network", async () => {
    let isBack = false;
    show(() => (isBack ? Promise.resolve({ default: Whole }) : lost()));
    expect(await screen.findByText("You are offline; this part has not been loaded yet.")).toBeTruthy();
    expect(screen.getByText("The board")).toBeTruthy();
    isBack = true;
    act(() => void window.dispatchEvent(new Event("online")));
    expect(await screen.findByText("Hello Ana")).toBeTruthy();
  });

  it("says that there is a newer board where the server answers but no longer has it", async () => {
    server.on("GET /healthz", 200, {});
    show(lost);
    expect(await screen.findByText(/There is a newer version of the board/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Reload" })).toBeTruthy();
  });
});
