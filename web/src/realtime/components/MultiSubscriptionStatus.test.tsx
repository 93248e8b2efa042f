import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { MultiSubscriptionStatus } from "./MultiSubscriptionStatus";

it("MultiSubscriptionStatus says of each subscription whether it is live, and sums them up (L7)", () => {
  const calls = { name: "Calls", isConnected: true };
  const { rerender } = render(
    <MultiSubscriptionStatus subscriptions={[calls, { name: "Repairs", isConnected: false }]} />,
  );
  expect(screen.getByRole("status").textContent).toBe("1 of 2 live");
  expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual(["Callslive", "Repairsnot live"]);
  rerender(<MultiSubscriptionStatus subscriptions={[calls]} />);
  expect(screen.getByRole("status").textContent).toBe("All 1 live");
});
