import { renderHook } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakeClient } from "@/realtime/react/fakeClient";
import { withClient } from "@/realtime/react/withClient";
import { type LookingMode, useLookingAt } from "./useLookingAt";

it("S2: the team sees what is looked at and how, until it is closed", () => {
  const client = fakeClient();
  const told = () => client.done.filter(({ what }) => what === "setState").map(({ payload }) => payload);
  const at = (mode: LookingMode, id: string | null = "c1") => ({ mode, id });
  const { rerender, unmount } = renderHook(({ mode, id }) => useLookingAt("calls", id, mode), {
    initialProps: at("viewing", null),
    wrapper: withClient(client),
  });
  expect(told()).toEqual([]);
  rerender(at("viewing"));
  rerender(at("editing"));
  unmount();
  expect(told()).toEqual([
    { channel: "team", state: { viewing: "calls/c1", mode: "viewing" } },
    { channel: "team", state: { viewing: "calls/c1", mode: "editing" } },
    { channel: "team", state: null },
  ]);
});
