// @vitest-environment jsdom
import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { aCategory } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { withClient } from "@/realtime/react/withClient";
import { inOrder, useOrder } from "./useOrder";

const [a, b, c] = ["a", "b", "c"].map((id, index) =>
  aCategory({ id, name: id, number: index, sort_order: index + 1 }),
) as [ReturnType<typeof aCategory>, ReturnType<typeof aCategory>, ReturnType<typeof aCategory>];

it("A dropped row stays where it was dropped while its command is under way, and is written once (S4)", async () => {
  const client = fakeClient({ categories: [a, b, c] });
  const { result } = renderHook(() => useOrder("categories", [a, b, c]), { wrapper: withClient(client) });
  let written: Promise<void> | undefined;
  act(() => {
    written = result.current.reorder([c, a, b]);
  });
  expect(result.current.ordered.map((one) => one.id)).toEqual(["c", "a", "b"]);
  await act(() => written);
  expect(client.done).toEqual([{ what: "update_category", payload: { id: "c", sort_order: 0 } }]);
  await waitFor(() => expect(result.current.ordered.map((one) => one.id)).toEqual(["a", "b", "c"]));
});

it("A category that came meanwhile stands at the end, one that went is left out (S4)", () => {
  expect(inOrder([a, c, b], ["c", "gone", "a"]).map((one) => one.id)).toEqual(["c", "a", "b"]);
});
