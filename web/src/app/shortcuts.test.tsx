import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { type ReactNode, useEffect, useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { listen, makeShortcutStore, ShortcutContext, useShortcut, useShortcuts } from "./shortcuts";

afterEach(cleanup);

function Page({ children }: { children: ReactNode }) {
  const [store] = useState(makeShortcutStore);
  useEffect(() => listen(store), [store]);
  return <ShortcutContext value={store}>{children}</ShortcutContext>;
}

interface KeyProps {
  of: string;
  run: () => void;
  says?: string;
  enabled?: boolean;
}

function Key({ of, run, says = "something", enabled = true }: KeyProps) {
  useShortcut(of, run, says, { enabled });
  return null;
}

function List() {
  return useShortcuts().map(({ key, description }) => <p key={key}>{`${key}: ${description}`}</p>);
}

describe("shortcuts (U2)", () => {
  it("runs what is bound to a key, and nothing for another", async () => {
    const run = vi.fn();
    render(<Key of="c" run={run} />, { wrapper: Page });
    await userEvent.keyboard("x");
    expect(run).not.toHaveBeenCalled();
    await userEvent.keyboard("c");
    expect(run).toHaveBeenCalledOnce();
  });

  it("leaves the keys alone while somebody types in a field, but not those with Ctrl or ⌘", async () => {
    const plain = vi.fn();
    const palette = vi.fn();
    render(
      <>
        <Key of="c" run={plain} />
        <Key of="mod+k" run={palette} />
        <input aria-label="Title" />
      </>,
      { wrapper: Page },
    );
    await userEvent.type(screen.getByLabelText("Title"), "cc{Control>}k{/Control}");
    expect(screen.getByLabelText("Title")).toHaveProperty("value", "cc");
    expect(plain).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledOnce();
  });

  it("keeps quiet behind a dialog whose focus has just dropped out of it", async () => {
    const run = vi.fn();
    render(
      <>
        <Key of="c" run={run} />
        <section role="dialog" aria-modal="true" aria-label="Pass this on" />
      </>,
      { wrapper: Page },
    );
    await userEvent.keyboard("c");
    expect(run).not.toHaveBeenCalled();
  });

  it("keeps quiet inside a dialog over the page", async () => {
    const run = vi.fn();
    render(
      <>
        <Key of="c" run={run} />
        <div role="dialog" aria-modal="true" aria-label="Close">
          <button type="button">Close</button>
        </div>
      </>,
      { wrapper: Page },
    );
    screen.getByRole("button").focus();
    await userEvent.keyboard("c");
    expect(run).not.toHaveBeenCalled();
  });

  it("takes two keys one after the other, and forgets the first when another comes between", async () => {
    const run = vi.fn();
    render(<Key of="g c" run={run} />, { wrapper: Page });
    await userEvent.keyboard("gxc");
    expect(run).not.toHaveBeenCalled();
    await userEvent.keyboard("gc");
    expect(run).toHaveBeenCalledOnce();
  });

  it("prefers the sequence to the single key that ends it", async () => {
    const single = vi.fn();
    const sequence = vi.fn();
    render(
      <>
        <Key of="g c" run={sequence} />
        <Key of="c" run={single} />
      </>,
      { wrapper: Page },
    );
    await userEvent.keyboard("gc");
    expect(sequence).toHaveBeenCalledOnce();
    expect(single).not.toHaveBeenCalled();
  });

  it("gives the key to whoever came last, and back when he is gone", async () => {
    const shell = vi.fn();
    const drawer = vi.fn();
    const keys = (isOpen: boolean) => (
      <>
        <Key of="Escape" run={shell} />
        {isOpen && <Key of="Escape" run={drawer} />}
      </>
    );
    const { rerender } = render(keys(true), { wrapper: Page });
    await userEvent.keyboard("{Escape}");
    expect([shell.mock.calls.length, drawer.mock.calls.length]).toEqual([0, 1]);
    rerender(keys(false));
    await userEvent.keyboard("{Escape}");
    expect([shell.mock.calls.length, drawer.mock.calls.length]).toEqual([1, 1]);
  });

  it("lists what is bound now, once each, without what has no description or is off", () => {
    render(
      <>
        <Key of="c" run={vi.fn()} says="New call" />
        <Key of="c" run={vi.fn()} says="New call here" />
        <Key of="q" run={vi.fn()} says="" />
        <Key of="n" run={vi.fn()} says="New repair" enabled={false} />
        <List />
      </>,
      { wrapper: Page },
    );
    expect(screen.getAllByText(/:/).map((line) => line.textContent)).toEqual(["c: New call here"]);
  });

  it("works without a page around that provides for it", async () => {
    const run = vi.fn();
    render(<Key of="ArrowDown" run={run} />);
    await userEvent.keyboard("{ArrowDown}");
    expect(run).toHaveBeenCalledOnce();
  });
});
