import { notifications } from "@mantine/notifications";
import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { Refusal } from "@/realtime";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { aCall, aUser } from "./aCall";
import { renderCalls } from "./renderCalls";

vi.mock("./drawer/CallDrawer", () => ({ default: ({ number }: { number: string }) => <p>Drawer of {number}</p> }));

const me = aUser("me", { display_name: "Ana", role: "dispatcher" });
let client: FakeClient;
const standsOn = () => document.activeElement?.textContent;
const commands = () => client.done.filter(({ what }) => what.endsWith("_call"));

beforeEach(() => {
  notifications.clean();
  client = fakeClient(
    {
      users: [aUser("bo")],
      calls: [
        aCall({ number: 1 }),
        aCall({ number: 2 }),
        aCall({ number: 3, status: "assigned", assignee_id: "bo" }),
        aCall({ number: 4, status: "completed", assignee_id: "bo" }),
      ],
    },
    me,
  );
});

it("U2: j, k and the arrows go from card to card, and only one card is in the tab order", async () => {
  renderCalls(client);
  await userEvent.keyboard("j");
  expect(standsOn()).toBe("Call 2");
  await userEvent.keyboard("j");
  expect(standsOn()).toBe("Call 1");
  await userEvent.keyboard("{ArrowRight}");
  expect(standsOn()).toBe("Call 3");
  await userEvent.keyboard("{ArrowRight}");
  expect(standsOn()).toBe("Call 4");
  await userEvent.keyboard("{ArrowLeft}k");
  expect(standsOn()).toBe("Call 3");
  expect(screen.getAllByRole("link").filter((link) => link.tabIndex === 0)).toHaveLength(1);
});

it("U2: Enter opens the call", async () => {
  renderCalls(client);
  await userEvent.keyboard("j{Enter}");
  expect(await screen.findByText("Drawer of 2")).toBeTruthy();
});

it("U2: the focus goes with a call that changes its column", async () => {
  renderCalls(client);
  await userEvent.keyboard("j");
  act(() => client.hold({ calls: [aCall({ number: 2, status: "in_progress", assignee_id: "me" })] }, ["call-2"]));
  expect(standsOn()).toBe("Call 2");
  expect(screen.getByRole("region", { name: "In progress" }).contains(document.activeElement)).toBe(true);
});

it("U2: when the call under the keyboard leaves the board the focus goes to its neighbour", async () => {
  renderCalls(client);
  await userEvent.keyboard("j");
  act(() => client.hold({ calls: [aCall({ number: 2, status: "closed" })] }, ["call-2"]));
  expect(standsOn()).toBe("Call 1");
});

it("S2: x ticks, a assigns all that are ticked, and Escape puts everything away", async () => {
  renderCalls(client);
  await userEvent.keyboard("jxjx");
  expect(screen.getByText("2 selected")).toBeTruthy();
  await userEvent.keyboard("a");
  await userEvent.click(await screen.findByRole("option", { name: /Bo/ }));
  expect(commands()).toEqual([
    { what: "assign_call", payload: { id: "call-2", assignee_id: "bo" } },
    { what: "assign_call", payload: { id: "call-1", assignee_id: "bo" } },
  ]);
  expect(await screen.findByText("2 calls assigned to Bo.")).toBeTruthy();
});

it("U5: what was done to many is taken back from the one toast", async () => {
  renderCalls(client);
  await userEvent.keyboard("jxjxa");
  await userEvent.click(await screen.findByRole("option", { name: /Bo/ }));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  expect(await screen.findByText("2 calls taken back.")).toBeTruthy();
  expect(client.done.filter(({ what }) => what === "undo")).toHaveLength(2);
});

it("U5: taking back shows how far it is, and waits for no call before the next", async () => {
  renderCalls(client);
  await userEvent.keyboard("jxjxa");
  await userEvent.click(await screen.findByRole("option", { name: /Bo/ }));
  const ended: (() => void)[] = [];
  client.undo = () => new Promise<void>((resolve) => ended.push(resolve));
  await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
  expect(ended).toHaveLength(2);
  expect(screen.getByText("0 of 2")).toBeTruthy();
  ended[0]?.();
  expect(await screen.findByText("1 of 2")).toBeTruthy();
  ended[1]?.();
  expect(await screen.findByText("2 calls taken back.")).toBeTruthy();
  expect(screen.queryByText(/of 2/)).toBeNull();
});

it("S2: only completed calls are closed, and what is refused is listed with the server's sentence", async () => {
  const why = "Only dispatchers close calls.";
  client.answer("close_call", new Refusal({ code: "forbidden", message: why, retry: false }));
  renderCalls(client);
  const boxes = screen.getAllByRole("checkbox");
  for (const box of boxes) await userEvent.click(box);
  expect(screen.getByText("4 selected")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Close 1" }));
  expect(commands()).toEqual([{ what: "close_call", payload: { id: "call-4" } }]);
  const refused = (await screen.findByText("1 call was refused")).closest("[role=alert]") as HTMLElement;
  expect(refused.textContent).toContain(`C-0004 ${why}`);
});

it("S2: the menu says why something is not allowed, and does not do it", async () => {
  const why = "Only engineers and dispatchers take calls.";
  client.answer("explain", [{ command: "claim_call", allowed: false, why }]);
  renderCalls(client);
  await userEvent.keyboard("j");
  await userEvent.click(screen.getByRole("button", { name: "Actions for C-0002" }));
  const item = await screen.findByRole("menuitem", { name: /Take it/ });
  await within(item).findByText(why);
  await userEvent.click(item);
  expect(commands()).toEqual([]);
});

it("S2: Escape in the menu closes the menu alone, and the keyboard stands where it stood", async () => {
  renderCalls(client);
  await userEvent.keyboard("jx.");
  await screen.findByRole("menuitem", { name: /Open/ });
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("menuitem")).toBeNull();
  expect(screen.getByText("1 selected")).toBeTruthy();
  expect(standsOn()).toBe("Call 2");
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByText("1 selected")).toBeNull();
});
