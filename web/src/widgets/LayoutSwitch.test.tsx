import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { LayoutSwitch } from "./LayoutSwitch";

it("names both layouts in words and tells which was chosen (S2, U3)", async () => {
  const onLayout = vi.fn();
  render(
    <MantineProvider>
      <LayoutSwitch layout="board" onLayout={onLayout} />
    </MantineProvider>,
  );
  expect(screen.getByRole("radio", { name: "Board" })).toHaveProperty("checked", true);
  await userEvent.click(screen.getByRole("radio", { name: "List" }));
  expect(onLayout).toHaveBeenCalledWith("list");
});
