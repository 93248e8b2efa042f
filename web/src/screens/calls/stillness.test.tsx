// V4 on the whole board: nothing moves under the pointer or the keyboard focus.
import { act, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { type FakeClient, fakeClient } from "@/realtime/react/fakeClient";
import { aCall, aUser } from "./aCall";
import { renderCalls } from "./renderCalls";

let client: FakeClient;
const column = () => screen.getByRole("region", { name: "New" });
const cards = () =>
  within(column())
    .getAllByRole("link")
    .map((link) => link.textContent);
const scroller = () => within(column()).getByRole("list").parentElement as HTMLElement;
const arrive = (number: number, mine = false) =>
  act(() => {
    const call = aCall({ number, created_at: `2026-11-20T09:0${number}:00.000Z` });
    client.hold({ calls: [call] }, mine ? [call.id] : []);
  });

beforeEach(() => {
  client = fakeClient({ calls: [aCall({ number: 1 }), aCall({ number: 2 })] }, aUser("me", { role: "dispatcher" }));
});

it("V4: new calls stand on top at once while nobody is in the column", () => {
  renderCalls(client);
  arrive(3);
  expect(cards()).toEqual(["Call 3", "Call 2", "Call 1"]);
});

it("V4: they wait behind a count while the pointer is in the column, and come in when it leaves", () => {
  renderCalls(client);
  fireEvent.pointerEnter(scroller(), { pointerType: "mouse" });
  arrive(3);
  arrive(4);
  expect(cards()).toEqual(["Call 2", "Call 1"]);
  expect(within(column()).getByRole("button", { name: "2 new" })).toBeTruthy();
  fireEvent.pointerLeave(scroller());
  expect(cards()).toEqual(["Call 4", "Call 3", "Call 2", "Call 1"]);
});

it("V4: a click on the count brings them in", async () => {
  renderCalls(client);
  fireEvent.pointerEnter(scroller(), { pointerType: "mouse" });
  arrive(3);
  await userEvent.click(within(column()).getByRole("button", { name: "1 new" }));
  expect(cards()).toEqual(["Call 3", "Call 2", "Call 1"]);
});

it("V4: they wait while the column is scrolled, until it is back at its top", () => {
  renderCalls(client);
  const list = scroller();
  list.scrollTop = 200;
  fireEvent.scroll(list);
  arrive(3);
  expect(cards()).toEqual(["Call 2", "Call 1"]);
  list.scrollTop = 0;
  fireEvent.scroll(list);
  expect(cards()).toEqual(["Call 3", "Call 2", "Call 1"]);
});

it("V4: a call that leaves keeps its place under the pointer and says where it went", () => {
  renderCalls(client);
  fireEvent.pointerEnter(scroller(), { pointerType: "mouse" });
  act(() => client.hold({ calls: [aCall({ number: 2, status: "in_progress" })] }));
  expect(cards()).toEqual(["Call 2", "Call 1"]);
  expect(within(column()).getByText("Now in progress")).toBeTruthy();
  fireEvent.pointerLeave(scroller());
  expect(cards()).toEqual(["Call 1"]);
});

it("V4: what I do myself shows at once, even under the pointer", () => {
  renderCalls(client);
  fireEvent.pointerEnter(scroller(), { pointerType: "mouse" });
  arrive(3, true);
  expect(cards()).toEqual(["Call 3", "Call 2", "Call 1"]);
});

it("V4: another filter shows everything at once", async () => {
  renderCalls(client);
  fireEvent.pointerEnter(scroller(), { pointerType: "mouse" });
  arrive(3);
  await userEvent.click(screen.getByRole("button", { name: /Unassigned/ }));
  expect(cards()).toEqual(["Call 3", "Call 2", "Call 1"]);
});
