import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter, useLocation } from "react-router";
import { expect, it } from "vitest";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { NewMenu } from "./NewMenu";

const WHY = "Only an admin may create a call.";

function Page() {
  const { search } = useLocation();
  return (
    <>
      <NewMenu>
        <button type="button">New</button>
      </NewMenu>
      <p>{`address ${search}`}</p>
    </>
  );
}

async function open(allowed: boolean) {
  const client = fakeClient();
  client.answer("explain", [{ command: "create_call", allowed, why: allowed ? null : WHY }]);
  renderWith(
    client,
    <MemoryRouter>
      <Page />
    </MemoryRouter>,
  );
  await userEvent.click(screen.getByRole("button", { name: "New" }));
}

it("U2 opens the form for what is chosen", async () => {
  await open(true);
  await userEvent.click(await screen.findByRole("menuitem", { name: /New call/u }));
  expect(screen.getByText("address ?new=call")).toBeTruthy();
});

it("S2 says why I may not take in a call, and opens nothing", async () => {
  await open(false);
  expect(await screen.findByText(WHY)).toBeTruthy();
  await userEvent.click(screen.getByRole("menuitem", { name: /New call/u }));
  expect(screen.getByText("address")).toBeTruthy();
});
