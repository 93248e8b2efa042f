import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { chosenOf, StatusFilter, statusesWord } from "./StatusFilter";
import { COLUMNS, STATUSES } from "./stages";

afterEach(cleanup);

describe("which statuses are shown (S3)", () => {
  it("is said on the button", () => {
    expect(statusesWord([])).toBe("Open");
    expect(statusesWord(STATUSES)).toBe("Every status");
    expect(statusesWord(["completed"])).toBe("Ready");
    expect(statusesWord(["completed", "delivered"])).toBe("2 statuses");
  });

  it("counts what is in the house as nothing chosen", () => {
    expect(chosenOf([...COLUMNS])).toEqual([]);
    expect(chosenOf([...COLUMNS, "delivered"])).toHaveLength(7);
  });

  it("is ticked one by one behind the button", async () => {
    const chosen = vi.fn();
    render(
      <MantineProvider env="test">
        <StatusFilter statuses={[]} onStatuses={chosen} />
      </MantineProvider>,
    );
    await userEvent.click(screen.getByRole("button", { name: "Status: Open" }));
    await userEvent.click(await screen.findByRole("checkbox", { name: "Delivered" }));
    expect(chosen).toHaveBeenCalledWith([...COLUMNS, "delivered"]);
  });
});
