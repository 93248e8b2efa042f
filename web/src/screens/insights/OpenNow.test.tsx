import { act, screen, within } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { expect, it } from "vitest";
import { aCall, aCategory, aUser } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { OpenNow } from "./OpenNow";

it("What is open is counted by status, category and engineer, live, and can be read as tables (S4)", () => {
  const client = fakeClient({
    users: [aUser({ id: "farid", display_name: "Farid" })],
    categories: [aCategory({ id: "screen", name: "Screen" })],
    calls: [
      aCall({ id: "1", status: "assigned", assignee_id: "farid", category_id: "screen" }),
      aCall({ id: "2", status: "new" }),
      aCall({ id: "3", status: "closed", assignee_id: "farid" }),
    ],
  });
  renderWith(
    client,
    <MemoryRouter>
      <OpenNow loaded />
    </MemoryRouter>,
  );
  const rows = (table: string) =>
    within(screen.getByRole("table", { name: table }))
      .getAllByRole("row")
      .slice(1)
      .map((row) => row.textContent);
  expect(rows("By status")).toEqual(["New150 %", "Assigned150 %", "In progress00 %", "On hold00 %"]);
  expect(rows("By category").sort()).toEqual(["Screen150 %", "Without category150 %"]);
  expect(rows("By engineer").some((row) => row?.includes("Farid150 %"))).toBe(true);
  act(() => client.hold({ calls: [aCall({ id: "2", status: "assigned", assignee_id: "farid" })] }));
  expect(rows("By engineer").some((row) => row?.includes("Farid2100 %"))).toBe(true);
});
