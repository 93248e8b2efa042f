import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aServer, type FakeServer } from "@/app/testServer";
import { aUser } from "@/realtime/fixtures/sampleRecords";
import Setup from "./Setup";

vi.setConfig({ testTimeout: 20_000 });
const ME = { user: aUser(), tenant: { id: "t", slug: "main", name: "Main" } };

function open() {
  const routes = [
    { path: "/setup", element: <Setup /> },
    { path: "/", element: <p>The board</p> },
    { path: "/signin", element: <p>Sign-in page</p> },
  ];
  const router = createMemoryRouter(routes, { initialEntries: ["/setup"] });
  render(
    <MantineProvider env="test">
      <RouterProvider router={router} />
    </MantineProvider>,
  );
}

const enter = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });

const fill = async (password: string) => {
  await screen.findByLabelText("Team");
  enter("Team", "Harbour Street");
  enter("Your name", "Ada");
  enter("Email", "ada@example.org");
  enter("Password", password);
  await userEvent.click(screen.getByRole("button", { name: "Set up and sign in" }));
};

describe("the first run (S1)", () => {
  let server: FakeServer;
  beforeEach(() => {
    server = aServer();
    server.on("GET /api/setup", 200, { needed: true });
    server.on("POST /api/setup", 201, ME);
    window.history.replaceState(null, "", "/setup#code=the-code");
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
    window.history.replaceState(null, "", "/");
  });

  it("takes the code out of the link and out of the history", async () => {
    open();
    await screen.findByLabelText("Team");
    expect(window.location.hash).toBe("");
    await fill("a long enough phrase");
    expect(await screen.findByText("The board")).toBeTruthy();
    expect(server.asked("POST /api/setup")).toEqual([
      {
        code: "the-code",
        tenant_name: "Harbour Street",
        display_name: "Ada",
        email: "ada@example.org",
        password: "a long enough phrase",
        cookie_only: true,
      },
    ]);
  });

  it("shows the rules of a password before it is sent", async () => {
    open();
    await fill("short");
    expect(screen.getByText("At least 10 characters, any you like")).toBeTruthy();
    expect(screen.getByText("Choose a password that meets the rules below.")).toBeTruthy();
    expect(server.asked("POST /api/setup")).toEqual([]);
  });

  it("puts beside its field what the server finds wrong", async () => {
    const error = {
      code: "invalid",
      message: "Some fields need another look.",
      fields: { password: "is one of the commonest passwords" },
      retry: false,
    };
    server.on("POST /api/setup", 422, { error });
    open();
    await fill("1234567890");
    expect(await screen.findByText("The password is one of the commonest passwords.")).toBeTruthy();
  });

  it("asks for the code where the one of the link is refused, or there was none", async () => {
    const message = "This is not the code that the server printed when it started.";
    server.on("POST /api/setup", 403, { error: { code: "forbidden", message, retry: false } });
    open();
    expect(screen.queryByLabelText("Set-up code")).toBeNull();
    await fill("a long enough phrase");
    expect(await screen.findByText(message)).toBeTruthy();
    expect(screen.getByLabelText("Set-up code")).toBeTruthy();
  });

  it("leads to the sign-in page where it is done already", async () => {
    server.on("GET /api/setup", 404, { error: { code: "not_found", message: "Set up already.", retry: false } });
    open();
    await userEvent.click(await screen.findByRole("link", { name: "Sign in" }));
    expect(screen.getByText("Sign-in page")).toBeTruthy();
  });
});
