import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import type { DrawerSteps } from "./DrawerSteps";
import { RecordDrawer } from "./RecordDrawer";

vi.setConfig({ testTimeout: 20_000 });
const user = userEvent.setup({ delay: null });

function Board({ unsaved = false, steps }: { unsaved?: boolean; steps?: DrawerSteps }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Card
      </button>
      <input aria-label="Search" />
      {open && (
        <RecordDrawer
          label="Call C-1042"
          title="C-1042"
          unsaved={unsaved}
          onClose={() => setOpen(false)}
          {...(steps && { steps })}
        >
          <input aria-label="Within" />
          <button type="button" aria-expanded="true">
            A menu
          </button>
        </RecordDrawer>
      )}
    </>
  );
}

const drawer = () => screen.queryByRole("region", { name: "Call C-1042" });
const show = async (unsaved = false, steps?: DrawerSteps) => {
  renderWith(fakeClient(), <Board unsaved={unsaved} {...(steps && { steps })} />);
  await user.click(screen.getByRole("button", { name: "Card" }));
};

describe("the drawer of a record (V2)", () => {
  it("takes the focus and gives it back to the card on Escape", async () => {
    await show();
    expect(document.activeElement).toBe(drawer());
    await user.keyboard("{Escape}");
    expect(drawer()).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Card" }));
  });

  it("traps nothing: the board beside it stays in use, and keeps the focus it took", async () => {
    await show();
    const search = screen.getByRole("textbox", { name: "Search" });
    await user.click(search);
    await user.keyboard("{Escape}");
    expect(drawer()).toBeNull();
    expect(document.activeElement).toBe(search);
  });

  it("leaves Escape to an open menu", async () => {
    await show();
    screen.getByRole("button", { name: "A menu" }).focus();
    await user.keyboard("{Escape}");
    expect(drawer()).not.toBeNull();
  });

  it("asks before it throws away what could not be saved", async () => {
    await show(true);
    await user.keyboard("{Escape}");
    await user.click(await screen.findByRole("button", { name: "Keep writing" }));
    expect(drawer()).not.toBeNull();
  });

  it("tells the page how much room it takes, and no longer when it is gone", async () => {
    await show();
    const room = () => document.documentElement.style.getPropertyValue("--cb-drawer");
    expect(room()).toMatch(/px$/);
    await user.keyboard("{Escape}");
    expect(room()).toBe("");
  });

  it("goes to the record before or after it by a button or a key, and nowhere at an end", async () => {
    const next = vi.fn();
    await show(false, { noun: "call", previous: null, next });
    await user.keyboard("]");
    await user.click(screen.getByRole("button", { name: "Next call" }));
    expect(next).toHaveBeenCalledTimes(2);
    expect(screen.getByRole("button", { name: "Previous call" }).getAttribute("aria-disabled")).toBe("true");
  });

  it("asks before a step loses what was typed", async () => {
    const next = vi.fn();
    await show(true, { noun: "call", previous: null, next });
    await user.click(screen.getByRole("button", { name: "Next call" }));
    expect(next).not.toHaveBeenCalled();
    await user.click(await screen.findByRole("button", { name: "Throw away" }));
    expect(next).toHaveBeenCalledOnce();
  });
});
