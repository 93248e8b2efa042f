import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { act, cleanup, render, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Entry, Refusal } from "@/realtime";
import { RealtimeProvider } from "@/realtime/react";
import { fakeClient } from "@/realtime/react/fakeClient";
import { useOutboxNotices } from "./useOutboxNotices";
import { OverlayContext } from "./useOverlays";

const entry = (change: Partial<Entry>): Entry => ({
  op_id: "op",
  command: "assign_call",
  payload: {},
  at: 0,
  state: "waiting",
  ...change,
});
const refusal = new Refusal({ code: "refused", message: "This call is closed.", retry: false });

function Watching() {
  useOutboxNotices();
  return null;
}

function open() {
  const client = fakeClient();
  const show = vi.fn();
  render(
    <MantineProvider env="test">
      <Notifications />
      <RealtimeProvider client={client}>
        <OverlayContext value={{ shown: null, show, hide: () => undefined }}>
          <Watching />
        </OverlayContext>
      </RealtimeProvider>
    </MantineProvider>,
  );
  return { show, put: (...entries: Entry[]) => act(() => client.outbox.entries.setState(entries, true)) };
}

afterEach(() => {
  act(() => notifications.clean());
  cleanup();
});

describe("notices of what was kept while offline (L4, U1)", () => {
  it("say once what was refused and why, and lead to what is waiting", () => {
    const { show, put } = open();
    put(entry({}));
    expect(screen.queryByRole("alert")).toBeNull();
    put(entry({ state: "refused", refusal, label: "Assign C-1042" }));
    put(entry({ state: "refused", refusal, label: "Assign C-1042" }), entry({ op_id: "other" }));
    expect(screen.getAllByText("Not done: Assign C-1042")).toHaveLength(1);
    expect(screen.getByText("This call is closed.")).toBeTruthy();
    act(() => screen.getByRole("button", { name: "Look" }).click());
    expect(show).toHaveBeenCalledWith("outbox");
  });

  it("go when what they tell of is mended or dropped", async () => {
    const { put } = open();
    put(entry({ state: "refused", refusal, label: "Assign C-1042" }));
    expect(screen.getByText("Not done: Assign C-1042")).toBeTruthy();
    put();
    await waitFor(() => expect(screen.queryByText("Not done: Assign C-1042")).toBeNull());
  });

  it("ask about what is too old to be sent unasked", () => {
    const { put } = open();
    put(entry({ state: "old" }), entry({ op_id: "b", state: "old" }));
    expect(screen.getByText("2 from long ago not sent")).toBeTruthy();
  });
});
