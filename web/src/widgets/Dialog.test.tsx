import { MantineProvider, Menu } from "@mantine/core";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { Dialog } from "./Dialog";

vi.setConfig({ testTimeout: 20_000 });

function Page() {
  const [open, setOpen] = useState(false);
  return (
    <MantineProvider env="test">
      <button type="button" onClick={() => setOpen(true)}>
        Merge
      </button>
      <Menu>
        <Menu.Target>
          <button type="button">More</button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpen(true)}>Delete</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open && (
        <Dialog title="Sure?" onClose={() => setOpen(false)}>
          <input aria-label="Why" data-autofocus />
        </Dialog>
      )}
    </MantineProvider>
  );
}

it("U3: a dialog takes the focus and gives it back to the button that opened it", async () => {
  render(<Page />);
  await userEvent.click(screen.getByRole("button", { name: "Merge" }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Why")));
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "Merge" })));
});

it("U3: opened from a menu, it gives the focus back to the button of the menu", async () => {
  render(<Page />);
  await userEvent.click(screen.getByRole("button", { name: "More" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Delete" }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Why")));
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "More" })));
});
