// What people do with calls and where they see them: columns, cards, the drawer.

import { expect, type Locator } from "@playwright/test";
import type { Person } from "./person";

export interface Wish {
  title: string;
  caller?: string;
}

/** Takes a call in the form, as on the phone. */
export async function takesCall(person: Person, { title, caller = "Ms. Gray" }: Wish): Promise<void> {
  await person.page.keyboard.press("c");
  const form = person.dialog("New call");
  await form.getByLabel("What is wrong?").fill(title);
  await callerField(form).fill(caller);
  await person.presses("Save the call", form);
  await expect(form).toBeHidden();
}

/** Where the form for a new call asks who is calling. */
export const callerField = (form: Locator): Locator => form.getByLabel("Who is calling?").first();

/** The column of a status, by its word. */
export const column = (person: Person, status: string): Locator =>
  person.page.getByRole("region", { name: status, exact: true });

/** The card of a call. */
export const card = (person: Person, title: string): Locator =>
  person.page.getByRole("article").filter({ hasText: title });

/** Looks for a call in a column; waits until it is there. */
export async function finds(person: Person, title: string, status: string): Promise<Locator> {
  const found = column(person, status).getByRole("article").filter({ hasText: title });
  await expect(found).toBeVisible();
  return found;
}

/** Opens a call from its card; its drawer. */
export async function opensCall(person: Person, title: string): Promise<Locator> {
  await card(person, title)
    .getByRole("link", { name: new RegExp(title) })
    .click();
  const drawer = person.page.getByRole("region", { name: /^Call / });
  // A field for whoever may change it, plain words for whoever may not.
  await expect(
    drawer
      .getByLabel("Title")
      .or(drawer.getByText(title, { exact: true }))
      .first(),
  ).toBeVisible();
  return drawer;
}

/** Completes the call whose drawer is open. */
export async function completes(person: Person, drawer: Locator, how: string): Promise<void> {
  await person.presses("Complete", drawer);
  const asking = person.dialog(/^Complete C-/);
  await asking.getByLabel("What solved it?").fill(how);
  await person.presses("Complete", asking);
  await expect(asking).toBeHidden();
}
