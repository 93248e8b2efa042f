// Two people at one call: nobody's typing is lost, and each sees the other there (L5, S2).
import { card, opensCall } from "./stage/calls";
import { expect, test } from "./stage/stage";

test("L5 what the other changed is offered beside the field that I am editing, and never put into it", async ({
  enter,
  hands,
}) => {
  const call = await (await hands("hanna")).does("calls", { title: "Cold room too warm", customer_name: "Ms. Gray" });
  const bruno = await enter("bruno");
  const drawer = await opensCall(bruno, "Cold room too warm");
  const description = drawer.getByLabel("Description");
  await description.fill("Seven degrees since this morning");
  await (await hands("ada")).does(`calls/${call.id}`, { description: "Nine degrees", priority: "urgent" }, "PATCH");
  const offer = drawer.getByRole("alert").filter({ hasText: "Ada Lindqvist set the description" });
  await expect(offer).toContainText("Nine degrees");
  await expect(description).toHaveValue("Seven degrees since this morning");
  await expect(drawer.getByRole("combobox", { name: "Priority" })).toHaveValue("Urgent");
  await bruno.presses("Keep yours", offer);
  await expect(offer).toBeHidden();
  await drawer.getByLabel("Title").focus();
  await expect
    .poll(async () => (await (await hands("ada")).asks(`calls/${call.id}`)).data)
    .toMatchObject({ description: "Seven degrees since this morning", priority: "urgent" });
});

test("L5 the other's value is taken where one wants it", async ({ enter, hands }) => {
  const call = await (await hands("hanna")).does("calls", { title: "Cold room too warm", customer_name: "Ms. Gray" });
  const bruno = await enter("bruno");
  const drawer = await opensCall(bruno, "Cold room too warm");
  await drawer.getByLabel("Description").fill("Seven degrees");
  await (await hands("ada")).does(`calls/${call.id}`, { description: "Nine degrees" }, "PATCH");
  await bruno.presses("Take theirs", drawer);
  await expect(drawer.getByLabel("Description")).toHaveValue("Nine degrees");
});

test("S2 who looks at a call, and who edits it, stands on its card and in its drawer", async ({ enter, hands }) => {
  await (await hands("hanna")).does("calls", { title: "Door lock jams", customer_name: "Ms. Gray" });
  const [ada, bruno] = [await enter("ada"), await enter("bruno")];
  const hers = await opensCall(ada, "Door lock jams");
  await expect(card(bruno, "Door lock jams").getByRole("img", { name: "Ada Lindqvist is looking" })).toBeVisible();
  const his = await opensCall(bruno, "Door lock jams");
  await expect(his.getByRole("img", { name: /Ada Lindqvist is viewing/ })).toBeVisible();
  await hers.getByLabel("New note").pressSequentially("He will come at");
  await expect(his.getByText("Ada Lindqvist is writing a note…")).toBeVisible();
  await hers.getByLabel("Description").pressSequentially("Since the frost");
  await expect(his.getByRole("img", { name: /Ada Lindqvist is editing/ })).toBeVisible();
  await expect(his.getByText("Ada Lindqvist is typing…")).toBeVisible();
});

test("a note written by one stands in the other's time line", async ({ enter, hands }) => {
  await (await hands("hanna")).does("calls", { title: "Door lock jams", customer_name: "Ms. Gray" });
  const [ada, bruno] = [await enter("ada"), await enter("bruno")];
  const [hers, his] = [await opensCall(ada, "Door lock jams"), await opensCall(bruno, "Door lock jams")];
  await hers.getByLabel("New note").fill("The key is with the porter");
  await hers.getByLabel("New note").press("Control+Enter");
  await expect(his.getByRole("listitem").filter({ hasText: "The key is with the porter" })).toContainText(
    "Ada Lindqvist",
  );
});
