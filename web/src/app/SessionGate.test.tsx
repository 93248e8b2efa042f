import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider, useLocation } from "react-router";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type * as realtime from "@/realtime";
import { aUser } from "@/realtime/fixtures/sampleRecords";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { SessionGate } from "./SessionGate";
import "./SessionEnded";
import { useSession } from "./session";
import { aServer, type FakeServer } from "./testServer";
import "./Unanswered";

vi.setConfig({ testTimeout: 20_000 });
const connected: FakeClient[] = [];
vi.mock("@/realtime", async (original) => ({
  ...(await original<typeof realtime>()),
  connect: () => {
    const client = fakeClient();
    connected.push(client);
    return client;
  },
}));

const ME = {
  user: aUser({ id: "me", display_name: "Ana", email: "ana@example.org" }),
  tenant: { id: "t", slug: "main", name: "Main" },
};

function Screen() {
  const { me, signOut, changePassword } = useSession();
  return (
    <>
      <p>{`Board of ${me.display_name}`}</p>
      <button type="button" onClick={() => void signOut().catch(() => undefined)}>
        Sign out
      </button>
      <button type="button" onClick={() => void signOut({ drop: true })}>
        Drop and sign out
      </button>
      <button type="button" onClick={() => void changePassword("old", "a new one")}>
        Change
      </button>
    </>
  );
}

function SignInPage() {
  const { search } = useLocation();
  return <p>{`Sign-in page ${search}`}</p>;
}

function Gated() {
  return (
    <SessionGate>
      <Screen />
    </SessionGate>
  );
}

function open(address = "/services/7?status=received") {
  const gated = { path: "*", element: <Gated /> };
  const router = createMemoryRouter([{ path: "/signin", element: <SignInPage /> }, gated], {
    initialEntries: [address],
  });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  );
  return router;
}

const end = (reason: string, waiting = 0) =>
  act(() => connected.at(-1)?.setStatus({ state: "ended", reason, waiting }));

describe("the session (S1)", () => {
  let server: FakeServer;
  beforeEach(() => {
    server = aServer();
    server.on("GET /api/me", 200, { ...ME, cursor: "e.1" });
    connected.length = 0;
    localStorage.clear();
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
  });

  it("opens the board for whoever is signed in", async () => {
    open();
    expect(await screen.findByText("Board of Ana")).toBeTruthy();
    expect(connected).toHaveLength(1);
  });

  it("leads to the sign-in page, and knows the way back, where nobody is", async () => {
    server.on("GET /api/me", 401, { error: { code: "unauthenticated", message: "Please sign in.", retry: false } });
    open();
    expect(
      await screen.findByText(`Sign-in page ?next=${encodeURIComponent("/services/7?status=received")}`),
    ).toBeTruthy();
    expect(connected).toHaveLength(0);
  });

  it("opens on what this browser holds while the server does not answer, and asks on where it holds nothing", async () => {
    server.silent("GET /api/me");
    open();
    expect(await screen.findByText("The board cannot be reached")).toBeTruthy();
    cleanup();
    localStorage.setItem("callboard.me", JSON.stringify(ME));
    open();
    expect(await screen.findByText("Board of Ana")).toBeTruthy();
  });

  it("asks again after a silence, when the person wants", async () => {
    server.silent("GET /api/me");
    open();
    const again = await screen.findByRole("button", { name: "Try now" });
    server.on("GET /api/me", 200, { ...ME, cursor: "e.1" });
    await userEvent.click(again);
    expect(await screen.findByText("Board of Ana")).toBeTruthy();
  });

  it.each([
    ["revoked", "You were signed out"],
    ["expired", "Your session is over"],
    ["idle", "You were away for a while"],
    ["password", "Your password was changed"],
    ["logout", "You signed out"],
    ["something new", "You are signed out"],
  ])("shows in words why it ended: %s", async (reason, title) => {
    open();
    await screen.findByText("Board of Ana");
    end(reason);
    expect(await screen.findByRole("heading", { name: title })).toBeTruthy();
    expect(screen.queryByText("Board of Ana")).toBeNull();
    expect(screen.getByLabelText("Email")).toHaveProperty("value", "ana@example.org");
  });

  it.each(["deactivated", "deleted"])("offers no way back with an account that was %s", async (reason) => {
    open();
    await screen.findByText("Board of Ana");
    end(reason);
    expect(await screen.findByRole("link", { name: "Sign in as somebody else" })).toBeTruthy();
    expect(screen.queryByLabelText("Email")).toBeNull();
  });

  it("goes on where one was after signing in again, with what was waiting announced", async () => {
    server.on("POST /api/login", 200, ME);
    const router = open();
    await screen.findByText("Board of Ana");
    end("expired", 3);
    expect(await screen.findByText(/3 changes of yours wait here/)).toBeTruthy();
    await userEvent.type(screen.getByLabelText("Password"), "correct horse{Enter}");
    expect(await screen.findByText("Board of Ana")).toBeTruthy();
    expect(router.state.location.pathname + router.state.location.search).toBe("/services/7?status=received");
    expect(connected).toHaveLength(2);
    expect(server.asked("POST /api/login")).toEqual([
      { email: "ana@example.org", password: "correct horse", tenant: "main", cookie_only: true },
    ]);
  });

  it("signs out to the sign-in page, without a page about it in between", async () => {
    let answer = () => {};
    server.on("POST /api/logout", 204, null, () => new Promise<void>((resolve) => (answer = resolve)));
    open();
    await userEvent.click(await screen.findByRole("button", { name: "Sign out" }));
    end("logout");
    expect(screen.getByText("Board of Ana")).toBeTruthy();
    answer();
    expect(await screen.findByText("Sign-in page")).toBeTruthy();
    expect(localStorage.getItem("callboard.me")).toBeNull();
  });

  it("leaves neither the records nor a draft behind when one signs out by hand", async () => {
    server.on("POST /api/logout", 204, null);
    sessionStorage.setItem("callboard.new-call.me", "{}");
    open();
    await userEvent.click(await screen.findByRole("button", { name: "Sign out" }));
    expect(await screen.findByText("Sign-in page")).toBeTruthy();
    expect(connected[0]?.done).toEqual([{ what: "forget", payload: undefined }]);
    expect(sessionStorage).toHaveLength(0);
  });

  it("drops what was not sent where one says so", async () => {
    server.on("POST /api/logout", 204, null);
    open();
    const button = await screen.findByRole("button", { name: "Drop and sign out" });
    const entry = { op_id: "op", command: "assign_call" as const, payload: {}, at: 0, state: "waiting" as const };
    connected[0]?.outbox.entries.setState([entry], true);
    await userEvent.click(button);
    expect(await screen.findByText("Sign-in page")).toBeTruthy();
    expect(connected[0]?.done.map(({ what }) => what)).toEqual(["drop", "forget"]);
  });

  it("stays on the board where signing out fails, and still hears of the end of the session", async () => {
    server.silent("POST /api/logout");
    open();
    await userEvent.click(await screen.findByRole("button", { name: "Sign out" }));
    await waitFor(() => expect(server.asked("POST /api/logout")).toHaveLength(1));
    expect(screen.getByText("Board of Ana")).toBeTruthy();
    end("expired");
    expect(await screen.findByRole("heading", { name: "Your session is over" })).toBeTruthy();
  });

  it("signs in anew by itself after one's own change of password, which ends every session", async () => {
    server.on("POST /api/tenants/main/users/me/change_password", 200, { ok: true }, () => end("password"));
    server.on("POST /api/login", 200, ME);
    open();
    await userEvent.click(await screen.findByRole("button", { name: "Change" }));
    await waitFor(() => expect(connected).toHaveLength(2));
    expect(await screen.findByText("Board of Ana")).toBeTruthy();
    expect(server.asked("POST /api/login")).toMatchObject([
      { email: "ana@example.org", password: "a new one", tenant: "main" },
    ]);
  });
});
