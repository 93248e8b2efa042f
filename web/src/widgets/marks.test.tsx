// The marks of a record: each says in words or shape what it says in colour (U3, V1).
import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { aCall, aCategory, aUser } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { Age } from "./Age";
import { CategoryChip } from "./CategoryChip";
import { Counter } from "./Counter";
import { EmptyState } from "./EmptyState";
import { Glow } from "./Glow";
import { Person } from "./Person";
import { PriorityMark } from "./PriorityMark";
import { numberOf, RecordNumber } from "./RecordNumber";
import { StatusBadge } from "./StatusBadge";

afterEach(() => {
  vi.useRealTimers();
});

const bea = { user: { id: "u1", name: "Chiara" }, state: null, since: "2026-11-20T08:00:00.000Z", connections: 1 };

describe("Person", () => {
  it("is the name, live, and says who is gone", () => {
    const client = fakeClient({ users: [aUser()] });
    const { container } = renderWith(client, <Person id="u1" />);
    expect(container.textContent).toContain("Chiara Rossi");
    act(() => client.hold({ users: [aUser({ display_name: "Chiara Neri", active: false })] }));
    expect(container.textContent).toContain("Chiara Neriformer");
  });

  it("is named also without its name, and says whether it is here by more than a colour", () => {
    const client = fakeClient({ users: [aUser()] });
    renderWith(client, <Person id="u1" name={false} dot />);
    expect(screen.getByRole("img", { name: "Chiara Rossi" })).toBeTruthy();
    expect(screen.getByRole("img", { name: "offline" })).toBeTruthy();
    act(() => client.setPresent("team", [bea]));
    expect(screen.getByRole("img", { name: "online" })).toBeTruthy();
  });

  it("keeps the name of a deleted user, and has a word for nobody", () => {
    const client = fakeClient();
    client.records.setState({ former: new Map([["gone", "Dmitri"]]) });
    const { container } = renderWith(
      client,
      <>
        <Person id="gone" />
        <Person id={null} nobody="Unassigned" />
      </>,
    );
    expect(container.textContent).toContain("Dmitriformer");
    expect(container.textContent).toContain("Unassigned");
  });
});

describe("marks", () => {
  it("a status has an icon and its word", () => {
    const { container } = renderWith(fakeClient(), <StatusBadge plural="calls" status="on_hold" />);
    expect(container.querySelector("svg")).toBeTruthy();
    expect(container.textContent).toContain("On hold");
  });

  it("each priority has a shape of its own", () => {
    const shapes = ["low", "normal", "high", "urgent"].map((priority) => {
      const { container, unmount } = renderWith(fakeClient(), <PriorityMark priority={priority} />);
      const shape = container.querySelector("svg")?.innerHTML;
      expect(screen.getByRole("img", { name: /priority$/ })).toBeTruthy();
      unmount();
      return shape;
    });
    expect(new Set(shapes).size).toBe(4);
  });

  it("a category shows its name as it is now, and nothing where there is none", () => {
    const client = fakeClient({ categories: [aCategory()] });
    const { container } = renderWith(client, <CategoryChip plural="categories" id="k1" />);
    act(() => client.hold({ categories: [aCategory({ name: "Boilers" })] }));
    expect(container.textContent).toContain("Boilers");
    act(() => client.remove("categories", "k1"));
    expect(container.textContent).not.toContain("Boilers");
  });

  it("a number is what people say, and 'new' before there is one", () => {
    expect(numberOf("calls", { number: 1042 })).toBe("C-1042");
    expect(numberOf("services", { number: 317 })).toBe("S-0317");
    expect(numberOf("calls", { number: 0 })).toBe("new");
    const { container } = renderWith(fakeClient(), <RecordNumber plural="calls" record={{ number: 9 }} />);
    expect(container.textContent).toContain("C-0009");
  });

  it("an empty place takes an icon or its component, and says what to do", () => {
    const { container } = renderWith(fakeClient(), <EmptyState icon={<i>!</i>} title="No calls yet" text="Press c." />);
    expect(container.textContent).toContain("!No calls yetPress c.");
  });
});

describe("Age (V3)", () => {
  it("is short in place, grows by itself, and is in full on focus", () => {
    vi.useFakeTimers({ now: Date.parse("2026-11-20T08:04:30.000Z") });
    renderWith(fakeClient(), <Age at="2026-11-20T08:00:00.000Z" focusable />);
    const age = () => screen.getByText(/min$/);
    expect(age().textContent).toBe("4 min");
    act(() => void vi.advanceTimersByTime(60_000));
    expect(age().textContent).toBe("5 min");
    expect(screen.queryByText(/2026/)).toBeNull();
    fireEvent.focus(age());
    expect(screen.getByText(/Fri, 20 Nov 2026/)).toBeTruthy();
    fireEvent.keyDown(document, { key: "Escape" });
    expect(screen.queryByText(/2026/)).toBeNull();
  });
});

describe("Glow (V4)", () => {
  it("lights once at another's change, and never at mine", async () => {
    vi.useFakeTimers();
    const client = fakeClient({ calls: [aCall()] });
    const { container } = renderWith(
      client,
      <Glow plural="calls" id="c1">
        card
      </Glow>,
    );
    const lit = () => container.querySelector("[data-glow]") !== null;
    await act(async () => client.tell("call_updated", aCall(), { actor: { id: "me", name: "Ana" } }));
    expect(lit()).toBe(false);
    await act(async () => client.tell("call_updated", aCall()));
    expect(lit()).toBe(true);
    act(() => void vi.advanceTimersByTime(1200));
    expect(lit()).toBe(false);
  });
});

describe("Counter (V4)", () => {
  const parts = (container: HTMLElement) => {
    const [seen, spoken] = container.querySelectorAll("span > span");
    return [seen?.textContent, spoken?.textContent];
  };

  it("rolls to the new value, which is read aloud at once", () => {
    vi.useFakeTimers();
    const { container, rerender } = renderWith(fakeClient(), <Counter value={10} />);
    rerender(<Counter value={1010} />);
    expect(parts(container)).toEqual(["10", "1,010"]);
    act(() => void vi.advanceTimersByTime(80));
    const halfway = Number(parts(container)[0]?.replace(",", ""));
    expect(halfway).toBeGreaterThan(10);
    expect(halfway).toBeLessThan(1010);
    act(() => void vi.advanceTimersByTime(200));
    expect(parts(container)).toEqual(["1,010", "1,010"]);
  });

  it("rolls for nothing that is still being fetched", () => {
    vi.useFakeTimers();
    const client = fakeClient();
    client.records.setState({ loaded: false });
    const { container, rerender } = renderWith(client, <Counter value={0} />);
    rerender(<Counter value={400} />);
    expect(parts(container)[0]).toBe("400");
    act(() => client.setStatus({ state: "connecting" }));
    act(() => client.records.setState({ loaded: true }));
    rerender(<Counter value={500} />);
    expect(parts(container)[0]).toBe("500");
    act(() => client.setStatus({ state: "live" }));
    rerender(<Counter value={900} />);
    expect(parts(container)[0]).toBe("500");
    act(() => void vi.advanceTimersByTime(200));
    expect(parts(container)[0]).toBe("900");
  });

  it("simply shows it to who wants no motion", () => {
    vi.spyOn(window, "matchMedia").mockImplementation(
      (query) =>
        ({
          matches: query.includes("reduce"),
          media: query,
          addEventListener: () => undefined,
          removeEventListener: () => undefined,
        }) as unknown as MediaQueryList,
    );
    const { container, rerender } = renderWith(fakeClient(), <Counter value={10} />);
    rerender(<Counter value={1010} />);
    expect(parts(container)[0]).toBe("1,010");
  });
});
