// Two and three people at boards of their own: each sees at once what the others do with a call.
import { card, column, completes, finds, opensCall, takesCall } from "./stage/calls";
import { expect, test } from "./stage/stage";

test("a call taken by one is assigned by another, done by a third, and seen by all", async ({ enter }) => {
  const [hanna, bruno, dmitri] = [await enter("hanna"), await enter("bruno"), await enter("dmitri")];
  await takesCall(hanna, { title: "Printer prints blank pages" });
  await finds(hanna, "Printer prints blank pages", "New");
  await finds(bruno, "Printer prints blank pages", "New");

  await bruno.presses(/^Actions for C-/, card(bruno, "Printer prints blank pages"));
  await bruno.page.getByRole("menuitem", { name: /^Assign to/ }).click();
  await bruno.page.getByRole("option", { name: /Dmitri Novak/ }).click();
  await finds(hanna, "Printer prints blank pages", "Assigned");
  await finds(dmitri, "Printer prints blank pages", "Assigned");
  await expect(dmitri.page.getByRole("status").filter({ hasText: "C-0001" })).toBeVisible();

  const drawer = await opensCall(dmitri, "Printer prints blank pages");
  await dmitri.presses("Start", drawer);
  await finds(bruno, "Printer prints blank pages", "In progress");
  await completes(dmitri, drawer, "New toner");
  await finds(bruno, "Printer prints blank pages", "Completed");
  await finds(hanna, "Printer prints blank pages", "Completed");
});

test("a change in one's drawer shows on the other's card and in the other's open drawer", async ({ enter, hands }) => {
  await (await hands("hanna")).does("calls", { title: "No dial tone", customer_name: "Ms. Gray" });
  const [ada, bruno] = [await enter("ada"), await enter("bruno")];
  const [hers, his] = [await opensCall(ada, "No dial tone"), await opensCall(bruno, "No dial tone")];
  await hers.getByLabel("Title").fill("No dial tone at the front desk");
  await hers.getByLabel("Title").press("Enter");
  await expect(his.getByLabel("Title")).toHaveValue("No dial tone at the front desk");
  await expect(card(bruno, "No dial tone at the front desk")).toBeVisible();
  await ada.chooses("Priority", "Urgent", hers);
  await expect(
    card(bruno, "No dial tone")
      .getByText(/urgent/i)
      .or(card(bruno, "No dial tone").getByLabel(/urgent/i))
      .first(),
  ).toBeVisible();
  await expect(his.getByRole("list").last()).toContainText("Ada Lindqvist");
});

test("S2 a call carried onto an engineer is his, and taken back from the toast it is nobody's (U5)", async ({
  enter,
  hands,
}) => {
  await (await hands("hanna")).does("calls", { title: "Router blinks red", customer_name: "Mr. Brown" });
  const [bruno, grace] = [await enter("bruno"), await enter("grace")];
  const from = await finds(bruno, "Router blinks red", "New");
  const to = bruno.page.getByRole("button", { name: /^Grace Okafor/ });
  await from.getByText("Mr. Brown").hover();
  await bruno.page.mouse.down();
  await to.hover();
  await to.hover();
  await bruno.page.mouse.up();
  await finds(grace, "Router blinks red", "Assigned");
  await expect(to).toHaveAccessibleName(/1 open/);
  await bruno.presses("Undo");
  await finds(grace, "Router blinks red", "New");
});

test("S2 many calls are given to one engineer at once", async ({ enter, hands }) => {
  const hanna = await hands("hanna");
  for (const at of [1, 2, 3]) await hanna.does("calls", { title: `Till ${at} is stuck`, customer_name: "Ms. Gray" });
  const [bruno, dmitri] = [await enter("bruno"), await enter("dmitri")];
  for (const at of [1, 2, 3]) {
    const one = await finds(bruno, `Till ${at} is stuck`, "New");
    await one.hover();
    await one.getByRole("checkbox").check();
  }
  await bruno.presses("Assign to…", bruno.page.getByRole("region", { name: "Selected calls" }));
  await bruno.page.getByRole("option", { name: /Dmitri Novak/ }).click();
  await expect(column(dmitri, "Assigned").getByRole("article")).toHaveCount(3);
});

test("a call deleted by one leaves the other's board, and his open drawer says so", async ({ enter, hands }) => {
  await (await hands("hanna")).does("calls", { title: "Screen stays dark", customer_name: "Ms. Gray" });
  const [ada, bruno] = [await enter("ada"), await enter("bruno")];
  const his = await opensCall(bruno, "Screen stays dark");
  const hers = await opensCall(ada, "Screen stays dark");
  await ada.presses("More actions", hers);
  await ada.page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(card(bruno, "Screen stays dark")).toHaveCount(0);
  await expect(his).toContainText(/Ada Lindqvist.*deleted|deleted.*Ada Lindqvist/s);
  await ada.presses("Undo");
  await finds(bruno, "Screen stays dark", "New");
});
