import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { ConfirmDialog } from "./ConfirmDialog";
import { ReasonDialog } from "./ReasonDialog";

describe("ReasonDialog (S2)", () => {
  it("asks for a reason, does not go on without, and hands it over trimmed", async () => {
    const [onSubmit, onClose] = [vi.fn(), vi.fn()];
    renderWith(fakeClient(), <ReasonDialog title="Cancel C-1042" label="Why?" onSubmit={onSubmit} onClose={onClose} />);
    await userEvent.click(screen.getByRole("button", { name: "Cancel C-1042" }));
    expect(screen.getByText("Say why in a few words")).toBeTruthy();
    await userEvent.type(screen.getByRole("textbox", { name: "Why?" }), "  Customer fixed it ");
    await userEvent.keyboard("{Control>}{Enter}{/Control}");
    expect(onSubmit).toHaveBeenCalledWith("Customer fixed it");
    await waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
  });

  it("offers the reasons there are", async () => {
    const onSubmit = vi.fn();
    const choices = [{ value: "waiting_parts", label: "Waiting for parts" }];
    const dialog = <ReasonDialog title="Hold" label="Why?" choices={choices} onSubmit={onSubmit} onClose={() => {}} />;
    renderWith(fakeClient(), dialog);
    await userEvent.click(screen.getByRole("radio", { name: "Waiting for parts" }));
    await userEvent.click(screen.getByRole("button", { name: "Hold" }));
    expect(onSubmit).toHaveBeenCalledWith("waiting_parts");
  });

  it("stays open with what was typed when it was refused", async () => {
    const onClose = vi.fn();
    renderWith(
      fakeClient(),
      <ReasonDialog title="Cancel" dismiss="Keep it" label="Why?" onSubmit={() => false} onClose={onClose} />,
    );
    await userEvent.type(screen.getByRole("textbox"), "Because");
    await userEvent.click(screen.getByRole("button", { name: "Cancel" }));
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.getByRole<HTMLTextAreaElement>("textbox").value).toBe("Because");
  });
});

describe("ConfirmDialog", () => {
  it("does the deed it names, then closes", async () => {
    const [onConfirm, onClose] = [vi.fn(), vi.fn()];
    renderWith(
      fakeClient(),
      <ConfirmDialog title="Delete C-1042?" confirm="Delete" danger onConfirm={onConfirm} onClose={onClose}>
        Its notes go with it.
      </ConfirmDialog>,
    );
    expect(screen.getByRole("dialog", { name: "Delete C-1042?" })).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Delete" }));
    await waitFor(() => expect(onClose).toHaveBeenCalledTimes(1));
    expect(onConfirm).toHaveBeenCalledTimes(1);
  });
});
