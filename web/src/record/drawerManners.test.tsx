import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { useFocusStay } from "./drawerManners";

afterEach(cleanup);

function Drawer() {
  return <section ref={useFocusStay<HTMLElement>()} tabIndex={-1} aria-label="Call C-1042" />;
}

const Dialog = () => (
  <section role="dialog" aria-modal="true" aria-label="Choose a password">
    <input aria-label="Password" />
  </section>
);

it("V4 a drawer takes the focus when it opens and gives it back when it closes", () => {
  const { rerender } = render(<button type="button">Card</button>);
  screen.getByText("Card").focus();
  const both = (open: boolean) => (
    <>
      <button type="button">Card</button>
      {open && <Drawer />}
    </>
  );
  rerender(both(false));
  screen.getByText("Card").focus();
  rerender(both(true));
  expect(document.activeElement).toBe(screen.getByLabelText("Call C-1042"));
  rerender(both(false));
  expect(document.activeElement).toBe(screen.getByText("Card"));
});

it("V4 a drawer that comes late leaves the focus in the dialog that is over the page", () => {
  const { rerender } = render(<Dialog />);
  const page = (open: boolean) => (
    <>
      <Dialog />
      {open && <Drawer />}
    </>
  );
  rerender(page(false));
  screen.getByLabelText("Password").focus();
  rerender(page(true));
  expect(document.activeElement).toBe(screen.getByLabelText("Password"));
});
