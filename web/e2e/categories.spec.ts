// Categories are seen changing by everybody, on their screen and in every form that stands open.
import type { Person } from "./stage/person";
import { expect, test } from "./stage/stage";

const calls = (person: Person) => person.page.getByRole("region", { name: "Calls" });

async function does(person: Person, deed: string, category: string): Promise<void> {
  await person.presses(`What to do with ${category}`, calls(person));
  await person.page.getByRole("menuitem", { name: deed }).click();
}

test("a category added, renamed and deleted by one changes on the other's screen", async ({ enter }) => {
  const [ada, bruno] = [await enter("ada", { path: "/categories" }), await enter("bruno", { path: "/categories" })];
  await ada.presses("Add category", calls(ada));
  await ada.writes("Name", "Door locks", ada.dialog());
  await ada.presses(/^(Add|Create)/, ada.dialog());
  await bruno.sees("Door locks", calls(bruno));
  await does(ada, "Edit", "Door locks");
  await ada.writes("Name", "Locks and keys", ada.dialog("Edit category"));
  await ada.presses("Save", ada.dialog("Edit category"));
  await bruno.sees("Locks and keys", calls(bruno));
  await expect(calls(bruno).getByText("Door locks")).toHaveCount(0);
  await does(ada, "Delete", "Locks and keys");
  await ada.presses("Delete", ada.dialog(/^Delete/));
  await expect(calls(bruno).getByText("Locks and keys")).toHaveCount(0);
});

test("U5 a category deleted is taken back from its toast", async ({ enter }) => {
  const [ada, bruno] = [await enter("ada", { path: "/categories" }), await enter("bruno", { path: "/categories" })];
  await does(ada, "Delete", "Phones");
  await ada.presses("Delete", ada.dialog(/^Delete/));
  await expect(calls(bruno).getByText("Phones")).toHaveCount(0);
  await ada.presses("Undo");
  await bruno.sees("Phones", calls(bruno));
});

test("a category in use goes only with another for its calls", async ({ enter, hands }) => {
  const bruno = await hands("bruno");
  const [printers, network] = (await bruno.asks("categories?sort=created_at")).items as { id: string; name: string }[];
  const call = await bruno.does("calls", {
    title: "Blank pages",
    customer_name: "Ms. Gray",
    category_id: printers?.id,
  });
  const ada = await enter("ada", { path: "/categories" });
  await does(ada, "Delete", printers?.name ?? "");
  const asking = ada.dialog(/^Delete/);
  await ada.sees("It is in use by 1 call", asking);
  await ada.chooses("Move them to", network?.name ?? "", asking);
  await ada.presses("Move and delete", asking);
  await expect(asking).toBeHidden();
  expect(await bruno.asks(`calls/${call.id}`)).toMatchObject({ data: { category_id: network?.id } });
});
