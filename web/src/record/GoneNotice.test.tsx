import { screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { expect, it } from "vitest";
import { Refusal } from "@/realtime";
import { aUser } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import { GoneNotice } from "./GoneNotice";

const gone = { by: "chiara", at: null };

function show(number: number) {
  const client = fakeClient({ users: [aUser({ id: "chiara", display_name: "Chiara" })] });
  const refusal = new Refusal({ code: "refused", message: "Eun-ji takes no calls.", retry: false });
  const payload = { id: "c9", title: "Drips" };
  client.outbox.entries.setState(
    [{ op_id: "1", command: "create_call", payload, at: 0, state: "refused", refusal }],
    true,
  );
  renderWith(
    client,
    <MemoryRouter>
      <GoneNotice gone={gone} noun="call" record={{ id: "c9", number }} />
    </MemoryRouter>,
  );
}

it("S2: says who deleted it", () => {
  show(1042);
  expect(screen.getByRole("alert").textContent).toContain("Chiara deleted this call");
});

it("L4: says of one that the server never took that it was not saved, why, and offers to mend it", () => {
  show(0);
  const said = screen.getByRole("alert").textContent;
  expect(said).toContain("This call was not saved.");
  expect(said).toContain("Eun-ji takes no calls.");
  expect(said).not.toContain("deleted");
  expect(screen.getByRole("button", { name: "Mend" })).toBeTruthy();
});
