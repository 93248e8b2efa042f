import { fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { PlainDateTime } from "./PlainDateTime";

it("shows a moment by the clock of whoever looks, and gives back what he chose in UTC", () => {
  const onChange = vi.fn();
  const at = new Date(2026, 10, 20, 9, 30);
  const control = <PlainDateTime id="due" value={at.toISOString()} onChange={onChange} />;
  renderWith(
    fakeClient(),
    <>
      <label htmlFor="due">Due</label>
      {control}
    </>,
  );
  const input = screen.getByLabelText<HTMLInputElement>("Due");
  expect(input.value).toBe("2026-11-20T09:30");
  fireEvent.change(input, { target: { value: "2026-11-21T17:00" } });
  expect(onChange).toHaveBeenLastCalledWith(new Date(2026, 10, 21, 17).toISOString());
  fireEvent.change(input, { target: { value: "" } });
  expect(onChange).toHaveBeenLastCalledWith(null);
});
