import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aUser } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { signIn } from "./account";
import { PasswordPrompt } from "./PasswordPrompt";
import "./PasswordDialog";
import { SessionContext } from "./session";
import { aServer } from "./testServer";

vi.setConfig({ testTimeout: 20_000 });
const TENANT = { id: "t", slug: "main", name: "Main" };

function open(must_change_password: boolean) {
  const me = aUser({ id: "me", must_change_password });
  const session = { me, tenant: TENANT, signOut: async () => undefined, changePassword: async () => undefined };
  return renderWith(
    fakeClient({}, me),
    <SessionContext value={session}>
      <PasswordPrompt />
    </SessionContext>,
  );
}

describe("the question for a password of one's own (S1)", () => {
  beforeEach(async () => {
    sessionStorage.clear();
    aServer().on("POST /api/login", 200, { user: aUser(), tenant: TENANT });
    await signIn({ email: "ana@example.org", password: "given to her" });
  });
  afterEach(() => {
    cleanup();
    vi.unstubAllGlobals();
    sessionStorage.clear();
  });

  it("comes right after signing in with a password that somebody else has set, and can wait", async () => {
    const { unmount } = open(true);
    await screen.findByRole("dialog", { name: "Choose a password of your own" });
    await userEvent.click(screen.getByRole("button", { name: "Later" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    unmount();
    open(true);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("does not come where the password is one's own", () => {
    open(false);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("does not come again without a sign-in", () => {
    sessionStorage.clear();
    open(true);
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
