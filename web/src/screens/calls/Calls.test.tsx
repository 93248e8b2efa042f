import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { aCall, aPresence, aUser } from "./aCall";
import { renderCalls } from "./renderCalls";

vi.mock("./drawer/CallDrawer", () => ({
  default: ({ number, onClose }: { number: string; onClose(): void }) => (
    <button type="button" onClick={onClose}>
      Drawer of {number}
    </button>
  ),
}));

const me = aUser("me", { display_name: "Ana", role: "dispatcher" });
let client: FakeClient;
const column = (name: string) => screen.getByRole("region", { name });
const titles = (name: string) =>
  within(column(name))
    .getAllByRole("link")
    .map((link) => link.textContent);
const address = () => screen.getByTestId("address").textContent;

beforeEach(() => {
  localStorage.clear();
  client = fakeClient(
    {
      users: [aUser("bo"), aUser("cy", { availability: "away" })],
      calls: [
        aCall({ number: 1, created_at: "2026-11-20T08:01:00.000Z" }),
        aCall({ number: 2, created_at: "2026-11-20T08:02:00.000Z", priority: "urgent" }),
        aCall({ number: 3, status: "assigned", assignee_id: "bo" }),
        aCall({ number: 4, status: "closed" }),
      ],
    },
    me,
  );
});

it("S2: calls stand in columns by status, newest first, closed ones apart", () => {
  renderCalls(client);
  expect(titles("New")).toEqual(["Call 2", "Call 1"]);
  expect(titles("Assigned")).toEqual(["Call 3"]);
  expect(screen.queryByText("Call 4")).toBeNull();
});

it("S2: a click on a card opens its drawer and keeps the filters, closing it leads back", async () => {
  renderCalls(client, "/?priority=urgent");
  await userEvent.click(screen.getByText("Corner Bakery"));
  expect(address()).toBe("/calls/2?priority=urgent");
  await userEvent.click(await screen.findByText("Drawer of 2"));
  expect(address()).toBe("/?priority=urgent");
});

it("S2: with Ctrl a click ticks instead", async () => {
  renderCalls(client);
  const user = userEvent.setup();
  await user.keyboard("{Control>}");
  await user.click(screen.getAllByText("Corner Bakery")[0] as HTMLElement);
  expect(address()).toBe("/");
  expect(screen.getByText("1 selected")).toBeTruthy();
});

it("S2: the views say how many calls they hold, and put their filters into the address", async () => {
  renderCalls(client);
  const unassigned = screen.getByRole("button", { name: /Unassigned/ });
  expect(unassigned.textContent).toContain("2");
  await userEvent.click(unassigned);
  expect(address()).toBe("/?status=new%2Cassigned%2Cin_progress%2Con_hold&assignee=nobody");
  expect(unassigned.getAttribute("aria-current")).toBe("true");
  expect(screen.queryByText("Call 3")).toBeNull();
});

it("S2: filters can be saved as a view of one's own, found again, and removed", async () => {
  const first = renderCalls(client, "/?priority=urgent");
  await userEvent.click(screen.getByRole("button", { name: "Save view" }));
  await userEvent.type(await screen.findByLabelText("Name of the view"), "Burning{Enter}");
  expect(screen.getByRole("button", { name: /Burning/, current: true })).toBeTruthy();
  first.unmount();
  renderCalls(client);
  await userEvent.click(screen.getByRole("button", { name: /Burning/ }));
  expect(address()).toBe("/?priority=urgent");
  await userEvent.click(screen.getByRole("button", { name: "Remove the view Burning" }));
  expect(screen.queryByRole("button", { name: /^Burning/ })).toBeNull();
});

it("S2: words filter the board and stand in the address", async () => {
  renderCalls(client);
  await userEvent.type(screen.getByLabelText("Filter calls by words"), "call 2");
  await waitFor(() => expect(address()).toBe("/?q=call+2"));
  await waitFor(() => expect(screen.queryByText("Call 1")).toBeNull());
  await userEvent.click(screen.getByRole("button", { name: /Remove the filter/ }));
  await waitFor(() => expect(screen.queryByText("Call 1")).not.toBeNull());
});

it("S2: the list shows the same calls in lines, and a heading sorts them", async () => {
  renderCalls(client, "/?as=list");
  const lines = () =>
    within(screen.getByRole("table"))
      .getAllByRole("link")
      .map((link) => link.textContent);
  expect(lines()).toEqual(["Call 2", "Call 1", "Call 3"]);
  await userEvent.click(screen.getByRole("button", { name: "Number" }));
  expect(lines()).toEqual(["Call 3", "Call 2", "Call 1"]);
  await userEvent.click(screen.getByRole("button", { name: "Number" }));
  expect(lines()).toEqual(["Call 1", "Call 2", "Call 3"]);
  expect(address()).toBe("/?as=list&sort=number");
});

it("V2: the rail shows who is there and what each has open; a click shows his calls alone, a second all again", async () => {
  client.setPresent("team", [aPresence("bo")]);
  renderCalls(client);
  const bo = screen.getByRole("button", { name: /^Bo ?online ?1 ?open$/ });
  expect(screen.getByRole("button", { name: /^Cy ?offline ?Away ?0 ?open$/ })).toBeTruthy();
  await userEvent.click(bo);
  expect(address()).toBe("/?assignee=bo");
  await userEvent.click(bo);
  expect(address()).toBe("/");
});

it("S2, V3: a card says who is looking at its call", () => {
  client.setPresent("team", [aPresence("bo", { viewing: "calls/call-2", mode: "editing" })]);
  renderCalls(client);
  expect(within(column("New")).getByRole("img", { name: "Bo is editing" })).toBeTruthy();
});

it("U5: an empty board says what to do, and one without a match how to see more", async () => {
  renderCalls(fakeClient({}, me)).unmount();
  const { unmount } = renderCalls(fakeClient({}, me));
  expect(screen.getByText("No calls yet")).toBeTruthy();
  unmount();
  renderCalls(client, "/?q=nowhere");
  expect(screen.getByText("No call matches")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Show all calls" }));
  expect(titles("New")).toHaveLength(2);
});
