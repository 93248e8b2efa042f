import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { aCall, aCategory } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { DeleteCategory } from "./DeleteCategory";

vi.setConfig({ testTimeout: 20_000 });
const screenFault = aCategory({ id: "screen", name: "Screen" });
const others = [
  aCategory({ id: "power", name: "Power", number: 2 }),
  aCategory({ id: "old", name: "Old", archived: true }),
];

function open(calls: Parameters<typeof aCall>[0][]) {
  const client = fakeClient({ categories: [screenFault, ...others], calls: calls.map((call) => aCall(call)) });
  const onClose = vi.fn();
  renderWith(client, <DeleteCategory kind="categories" category={screenFault} onClose={onClose} />);
  return {
    client,
    onClose,
    done: () => client.done.filter(({ what }) => what === "delete_category").map((one) => one.payload),
  };
}

it("A category in use says by how much, live, and goes only once its records have another (S4)", async () => {
  const { client, done, onClose } = open([{ id: "c1", category_id: "screen", status: "closed" }]);
  expect(screen.getByText(/in use by 1 call,/u)).toBeTruthy();
  act(() => client.hold({ calls: [aCall({ id: "c2", category_id: "screen" })] }));
  expect(screen.getByText(/in use by 2 calls,/u)).toBeTruthy();
  const go = screen.getByRole("button", { name: "Move and delete" });
  expect(go.hasAttribute("disabled")).toBe(true);
  await userEvent.click(screen.getByRole("combobox", { name: "Move them to" }));
  expect(screen.getAllByRole("option", { hidden: true }).map((option) => option.textContent)).toEqual(["Power"]);
  await userEvent.click(screen.getByRole("option", { name: "Power", hidden: true }));
  await userEvent.click(go);
  expect(done()).toEqual([{ id: "screen", reassign_to: "power" }]);
  expect(onClose).toHaveBeenCalled();
});

it("A category that nothing uses just goes (S4)", async () => {
  const { done } = open([{ id: "c1", category_id: "power" }]);
  await userEvent.click(screen.getByRole("button", { name: "Delete" }));
  expect(done()).toEqual([{ id: "screen" }]);
});
