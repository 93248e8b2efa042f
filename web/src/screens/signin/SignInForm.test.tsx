import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aServer, type FakeServer } from "@/app/testServer";
import { aUser } from "@/realtime/fixtures/sampleRecords";
import { SignInForm } from "./SignInForm";

vi.setConfig({ testTimeout: 20_000 });
const ME = { user: aUser(), tenant: { id: "t", slug: "main", name: "Main" } };

describe("signing in (S1)", () => {
  let server: FakeServer;
  const signedIn = vi.fn();
  beforeEach(() => {
    server = aServer();
    server.on("POST /api/login", 200, ME);
    signedIn.mockClear();
    render(
      <MantineProvider env="test">
        <SignInForm onSignedIn={signedIn} />
      </MantineProvider>,
    );
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  const enter = async (email: string, password: string) => {
    await userEvent.type(screen.getByLabelText("Email"), email);
    await userEvent.type(screen.getByLabelText("Password"), `${password}{Enter}`);
  };

  it("asks for a cookie alone: no token ever comes into the page (U6)", async () => {
    await enter(" ana@example.org ", "secret words");
    expect(server.asked("POST /api/login")).toEqual([
      { email: "ana@example.org", password: "secret words", cookie_only: true },
    ]);
    expect(signedIn).toHaveBeenCalledWith(ME);
  });

  it("says what the server says of a wrong password, and takes the next attempt", async () => {
    const message = "This e-mail address and password do not belong together.";
    server.on("POST /api/login", 401, { error: { code: "unauthenticated", message, retry: false } });
    await enter("ana@example.org", "wrong");
    expect((await screen.findByRole("alert")).textContent).toContain(message);
    expect(screen.getByLabelText("Password")).toHaveProperty("value", "");
    expect(document.activeElement).toBe(screen.getByLabelText("Password"));
    expect(signedIn).not.toHaveBeenCalled();
  });

  it("says how long to wait after too many attempts", async () => {
    const said = { error: { code: "rate_limited", message: "Too many.", retry: true } };
    server.on("POST /api/login", 429, said, undefined, { "Retry-After": "42" });
    await enter("ana@example.org", "wrong");
    expect((await screen.findByRole("alert")).textContent).toContain("Wait 42 seconds");
  });

  it("says what to do where nobody answers", async () => {
    server.silent("POST /api/login");
    await enter("ana@example.org", "secret words");
    expect((await screen.findByRole("alert")).textContent).toContain("Check your connection");
  });

  it("does not ask the server before both fields are filled in", async () => {
    await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
    expect(screen.getByText("Enter your email.")).toBeTruthy();
    expect(server.asked("POST /api/login")).toEqual([]);
  });

  it("lets one name the team, where one belongs to several", async () => {
    await userEvent.click(screen.getByRole("button", { name: "I belong to several teams" }));
    await userEvent.type(screen.getByLabelText("Team"), "harbour");
    await enter("ana@example.org", "secret words");
    expect(server.asked("POST /api/login")).toMatchObject([{ tenant: "harbour" }]);
  });
});
