import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, describe, expect, it, vi } from "vitest";
import Track from "./Track";

const tracked = {
  number: "S-0042",
  device_type: "Laptop",
  status: "We are repairing it.",
  promised_on: "2026-11-27",
  steps: [{ at: "2026-11-20T09:00:00.000Z", what: "We have received your device." }],
};

const open = (path: string, answer: () => Response) => {
  vi.stubGlobal("EventSource", undefined);
  const asked = vi.spyOn(globalThis, "fetch").mockImplementation(async () => answer());
  const router = createMemoryRouter([{ path: "/track/:code?", element: <Track /> }], { initialEntries: [path] });
  render(
    <MantineProvider>
      <RouterProvider router={router} />
    </MantineProvider>,
  );
  return asked;
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe("the customer's page (S3)", () => {
  it("says where the repair stands, what was promised and what was done so far", async () => {
    open("/track/txz7-gaxt-qdqt", () => Response.json(tracked));
    expect(await screen.findByRole("heading", { name: "We are repairing it." })).toBeTruthy();
    expect(screen.getByText(/Promised for/).textContent).toBe("Promised for Friday 27 November");
    expect(screen.getByRole("list").textContent).toContain("We have received your device.");
    expect(document.title).toBe("S-0042: We are repairing it.");
  });

  it("no longer speaks of a promise once the device is ready", async () => {
    const ready = { at: "2026-11-24T09:00:00.000Z", what: "It is ready to be picked up." };
    const steps = [...tracked.steps, ready];
    open("/track/TXZ7GAXTQDQT", () => Response.json({ ...tracked, status: ready.what, steps }));
    expect(await screen.findByRole("heading", { name: ready.what })).toBeTruthy();
    expect(screen.queryByText(/Promised/)).toBeNull();
  });

  it("asks for the code where the address has none, and asks nothing for what cannot be one", async () => {
    const asked = open("/track", () => Response.json(tracked));
    await userEvent.type(screen.getByLabelText("Code on your slip"), "TXZ7");
    await userEvent.click(screen.getByRole("button", { name: "Show my repair" }));
    expect(screen.getByText("A code has 12 letters and digits; this one has 4.")).toBeTruthy();
    expect(asked).not.toHaveBeenCalled();
    await userEvent.type(screen.getByLabelText("Code on your slip"), "gaxt qdqt{enter}");
    expect(await screen.findByRole("heading", { name: "We are repairing it." })).toBeTruthy();
  });

  it("says that a code is unknown and lets another be typed", async () => {
    open("/track/TXZ7GAXTQDQT", () => new Response(null, { status: 404 }));
    expect(await screen.findByRole("heading", { name: "We know of no repair with this code" })).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>("Code on your slip").value).toBe("TXZ7GAXTQDQT");
  });
});
