import { MantineProvider } from "@mantine/core";
import { Notifications, notifications } from "@mantine/notifications";
import { act, cleanup, render, screen } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aCall } from "@/realtime/fixtures/sampleRecords";
import { RealtimeProvider } from "@/realtime/react";
import { fakeClient } from "@/realtime/react/fakeClient";
import { DEFAULT_PREFERENCES, usePreferences } from "./preferences";
import * as tone from "./tone";
import { UnseenContext, useUnseenStore } from "./unseen";
import { useAttention } from "./useAttention";
import { useTitle } from "./useTitle";

function Watching() {
  useAttention();
  useTitle();
  return <p>Screen</p>;
}

function Page() {
  const unseen = useUnseenStore();
  return (
    <UnseenContext value={unseen}>
      <Watching />
    </UnseenContext>
  );
}

function start() {
  const client = fakeClient({ calls: [aCall(), aCall({ id: "c2", number: 1043 }), aCall({ id: "c3", number: 1044 })] });
  const router = createMemoryRouter([{ path: "*", element: <Page /> }], { initialEntries: ["/settings"] });
  render(
    <MantineProvider env="test">
      <Notifications />
      <RealtimeProvider client={client}>
        <RouterProvider router={router} />
      </RealtimeProvider>
    </MantineProvider>,
  );
  return { client, router };
}

const give = (client: ReturnType<typeof fakeClient>, ...ids: string[]) => {
  act(() => {
    for (const id of ids) client.tell("call_assigned", aCall({ id, assignee_id: "me" }));
    vi.advanceTimersByTime(300);
  });
};

function look(hidden: boolean) {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  act(() => void document.dispatchEvent(new Event("visibilitychange")));
}

describe("attention (U1)", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(tone, "playTone").mockReturnValue();
    usePreferences.setState(DEFAULT_PREFERENCES, true);
  });
  afterEach(() => {
    act(() => notifications.clean());
    cleanup();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("shows a toast with a tone when something is assigned to me, and leads there", () => {
    const { client, router } = start();
    give(client, "c1");
    expect(screen.getByText("Chiara assigned C-1042 to you")).toBeTruthy();
    expect(tone.playTone).toHaveBeenCalledOnce();
    act(() => screen.getByRole("button", { name: "Open" }).click());
    expect(router.state.location.pathname).toBe("/calls/1042");
  });

  it("tells together what comes together", () => {
    const { client } = start();
    give(client, "c1", "c2", "c3");
    expect(screen.getByText("Chiara assigned 3 calls to you")).toBeTruthy();
    expect(screen.queryByText(/C-1042/)).toBeNull();
    expect(tone.playTone).toHaveBeenCalledOnce();
  });

  it("is silent, and says nothing, where the person wants so", () => {
    const { client } = start();
    usePreferences.setState({ sound: false });
    give(client, "c1");
    expect(tone.playTone).not.toHaveBeenCalled();
    usePreferences.setState({ notices: { assigned: false, taken: true } });
    give(client, "c2");
    expect(screen.queryAllByText(/assigned/)).toHaveLength(1);
  });

  it("counts in the title what came while the page was out of sight, until one looks", () => {
    const { client } = start();
    expect(document.title).toBe("Settings · Callboard");
    look(true);
    give(client, "c1", "c2");
    expect(document.title).toBe("(2) Settings · Callboard");
    look(false);
    expect(document.title).toBe("Settings · Callboard");
  });

  it("notifies on the desktop only where allowed and only while the page is out of sight", () => {
    const shown: string[] = [];
    class Desk {
      static permission = "granted";
      constructor(title: string) {
        shown.push(title);
      }
    }
    vi.stubGlobal("Notification", Desk);
    const { client } = start();
    look(true);
    give(client, "c1");
    expect(shown).toEqual([]);
    usePreferences.setState({ desktop: true });
    give(client, "c2");
    look(false);
    give(client, "c3");
    expect(shown).toEqual(["Chiara assigned C-1042 to you"]);
  });
});
