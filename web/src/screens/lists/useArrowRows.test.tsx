import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { nextRow, useArrowRows } from "./useArrowRows";

function Rows() {
  const onKeyDown = useArrowRows();
  return (
    <div role="toolbar" onKeyDown={onKeyDown}>
      <a href="/1" data-row-link>
        one
      </a>
      <a href="/2" data-row-link>
        two
      </a>
      <button type="button">other</button>
    </div>
  );
}

it("Arrows, Home and End walk through the rows and stop at both ends (U2)", () => {
  expect(nextRow("ArrowDown", 0, 3)).toBe(1);
  expect(nextRow("ArrowDown", 2, 3)).toBe(2);
  expect(nextRow("ArrowUp", 0, 3)).toBe(0);
  expect(nextRow("End", 0, 3)).toBe(2);
  expect(nextRow("Home", 2, 3)).toBe(0);
  expect(nextRow("x", 1, 3)).toBeNull();
  expect(nextRow("ArrowDown", 0, 0)).toBeNull();
});

it("The focus follows the arrows, and keys in other controls of a row stay theirs (U2)", () => {
  render(<Rows />);
  const [one, two] = screen.getAllByRole("link");
  one?.focus();
  if (one) fireEvent.keyDown(one, { key: "ArrowDown" });
  expect(document.activeElement).toBe(two);
  const other = screen.getByRole("button");
  other.focus();
  fireEvent.keyDown(other, { key: "ArrowUp" });
  expect(document.activeElement).toBe(other);
});
