// Two people, one team: who comes, what he may do, and who goes is seen by all at once (issue: users live).
import { expect, test } from "./stage/stage";
import { PASSWORD } from "./stage/team";

const FIRST_PASSWORD = "nine blue lanterns";

test("a person added by one stands on the other's list at once, and can sign in", async ({
  enter,
  server,
  browser,
}) => {
  const [ada, bruno] = [await enter("ada", { path: "/users" }), await enter("bruno", { path: "/users" })];
  await ada.presses("Add person");
  const form = ada.dialog("Add a person");
  await ada.writes("Name", "Ines Duarte", form);
  await ada.writes("Email", "ines@example.com", form);
  await ada.chooses("Role", /^Front desk/, form);
  const password = form.getByRole("textbox", { name: /password/i });
  await password.fill(FIRST_PASSWORD);
  await ada.presses("Add", form);
  await ada.presses("Done", ada.dialog("Pass this on"));
  await expect(bruno.line("ines@example.com")).toContainText("Front desk");

  const page = await (await browser.newContext({ baseURL: server.url })).newPage();
  await page.goto("/");
  await page.getByLabel("Email").fill("ines@example.com");
  await page.getByRole("textbox", { name: "Password" }).fill(FIRST_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("textbox", { name: "New password" })).toBeVisible();
  await page.context().close();
});

test("a role given by one changes what the other may do, without a reload", async ({ enter }) => {
  const [ada, hanna] = [await enter("ada", { path: "/users" }), await enter("hanna", { path: "/categories" })];
  const add = hanna.page.getByRole("region", { name: "Calls" }).getByRole("button", { name: "Add category" });
  await expect(add).toHaveAttribute("aria-disabled", "true");
  await ada.page.getByRole("link", { name: "Hanna Virtanen" }).click();
  const drawer = ada.page.getByRole("region", { name: "Hanna Virtanen" });
  await ada.chooses("Role", /^Dispatcher/, drawer);
  await expect(ada.line("hanna@example.com")).toContainText("Dispatcher");
  await expect(add).not.toHaveAttribute("aria-disabled", "true");
});

test("who is deleted while signed in is told so and is gone from the other's list; his calls are handed over", async ({
  enter,
  hands,
}) => {
  const hanna = await hands("hanna");
  const call = await hanna.does("calls", { title: "No dial tone", customer_name: "Ms. Gray" });
  const dmitri = await enter("dmitri");
  await (await hands("dmitri")).does(`calls/${call.id}/claim`);
  const ada = await enter("ada", { path: "/users" });
  await ada.page.getByRole("link", { name: "Dmitri Novak" }).click();
  await ada.presses("Delete", ada.page.getByRole("region", { name: "Dmitri Novak" }));
  const asking = ada.dialog(/^Delete/);
  await ada.sees("No dial tone", asking);
  await asking.getByRole("radio", { name: /^Back to everyone/ }).check();
  await ada.presses("Delete", asking);
  await dmitri.sees("Your account was deleted");
  await expect(ada.line("dmitri@example.com")).toHaveCount(0);
  expect(await hanna.asks(`calls/${call.id}`)).toMatchObject({ data: { status: "new", assignee_id: null } });
});

test("S1 a session ended from elsewhere says so, and signing in goes on at the same place", async ({
  enter,
  hands,
}) => {
  const grace = await enter("grace", { path: "/customers?q=gray" });
  await (await hands("grace")).endsOtherSessions();
  await grace.sees("You were signed out");
  await grace.page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await grace.presses("Sign in");
  await grace.isLive();
  expect(new URL(grace.page.url()).pathname).toBe("/customers");
});
