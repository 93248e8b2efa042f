import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Refusal } from "@/realtime";
import { fakeClient } from "@/realtime/react/fakeClient";
import { renderWith } from "@/realtime/react/withClient";
import NewPerson from "./NewPerson";

vi.setConfig({ testTimeout: 20_000 });
const user = userEvent.setup({ delay: null });
const field = (name: RegExp) => screen.getByRole("textbox", { name }) as HTMLInputElement;

async function fill() {
  await user.type(field(/^Name/u), "Zoë");
  await user.type(field(/^Email/u), "zoe@example.org");
  await user.click(screen.getByRole("button", { name: "Add" }));
}

it("A new person is made with a password that is shown once more to be passed on (S4)", async () => {
  const client = fakeClient();
  renderWith(client, <NewPerson onClose={vi.fn()} />);
  const password = field(/^First password/u).value;
  await fill();
  expect(await screen.findByRole("dialog", { name: "Pass this on" })).toBeTruthy();
  expect(field(/^First password/u).value).toBe(password);
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Done" }));
  expect(client.done.at(-1)).toMatchObject({
    what: "create_user",
    payload: { display_name: "Zoë", email: "zoe@example.org", role: "engineer", phone: null, password },
  });
});

it("What the server finds wrong stands beside its field, and nothing typed is lost (S4)", async () => {
  const client = fakeClient();
  const fields = { email: "is not an address" };
  client.answer("create_user", new Refusal({ code: "invalid", message: "Another look.", fields, retry: false }));
  renderWith(client, <NewPerson onClose={vi.fn()} />);
  await fill();
  expect(await screen.findByText("The email is not an address.")).toBeTruthy();
  expect(field(/^Name/u).value).toBe("Zoë");
});
