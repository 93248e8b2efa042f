// A carried-in device from the counter to its way home: two colleagues and the customer see each step at once.
import type { Locator } from "@playwright/test";
import { Person } from "./stage/person";
import { expect, test } from "./stage/stage";

const column = (person: Person, status: string): Locator =>
  person.page.getByRole("region", { name: new RegExp(`^${status},`) });
const inColumn = (person: Person, status: string): Locator =>
  column(person, status).getByRole("article").filter({ hasText: "ThinkPad" });

test("S3 a repair taken in, repaired and handed out is followed by a colleague, and by its customer with the code", async ({
  enter,
  browser,
  server,
}) => {
  const [hanna, grace] = [await enter("hanna", { path: "/services" }), await enter("grace", { path: "/services" })];
  await hanna.page.keyboard.press("n");
  const form = hanna.dialog("New repair");
  await form.getByLabel("Customer").first().fill("Ms. Gray");
  await form.getByLabel("Device").fill("Laptop");
  await form.getByLabel("Model").fill("ThinkPad X1");
  await form.getByLabel("Reported fault").fill("Screen stays dark");
  await hanna.presses("Take it in", form);
  const slip = hanna.dialog("Taken in");
  await expect(slip.getByRole("status")).toContainText("S-0001 is taken in");
  const said = await slip.getByRole("status").textContent();
  const code = said?.match(/code\s*([0-9A-Z][0-9A-Z\s-]+)$/)?.[1]?.replaceAll(/[^0-9A-Z]/g, "") ?? "";
  await expect(inColumn(grace, "Received")).toBeVisible();

  const customer = await Person.arrives(browser, "customer", { at: server.url, width: 360, height: 740 });
  await customer.page.goto(`/track/${code}`);
  await customer.sees("We have received your device.");
  await expect(customer.page.getByText("Screen stays dark")).toHaveCount(0);

  await inColumn(grace, "Received").getByRole("link").first().click();
  const drawer = grace.page.getByRole("region", { name: /^Repair / });
  await grace.presses("Take it", drawer);
  await grace.presses("More actions", drawer);
  await grace.page.getByRole("menuitem", { name: "Start repair" }).click();
  await customer.sees("We are repairing it.");
  await grace.presses("Complete…", drawer);
  const asking = grace.dialog("Complete S-0001");
  await asking.getByLabel("Work done").fill("New panel");
  await grace.presses("Complete", asking);
  await customer.sees("It is ready to be picked up.");

  await hanna.presses("Open it", slip);
  const hers = hanna.page.getByRole("region", { name: /^Repair / });
  await hanna.presses("Hand out…", hers);
  await hanna.presses("Hand out", hanna.dialog("Hand out S-0001"));
  await expect(inColumn(grace, "Delivered").or(drawer.getByText("Delivered")).first()).toBeVisible();
  await customer.sees("You have it back.");
  expect(customer.complaints).toEqual([]);
  await customer.leaves();
});

test("S3 the slip is one sheet with two copies, each with the code to scan and to type", async ({
  enter,
  hands,
  server,
}) => {
  const service = await (await hands("hanna")).does("services", {
    customer_name: "Ms. Gray",
    device_type: "Radio",
    reported_fault: "Hums",
  });
  const hanna = await enter("hanna", { path: "/services/1" });
  await hanna.presses(/slip/i, hanna.page.getByRole("region", { name: /^Repair / }));
  const preview = hanna.dialog("Slip for S-0001");
  for (const copy of ["Customer's copy", "Workshop's copy"]) {
    const half = preview.getByRole("article", { name: copy });
    await expect(half.getByRole("img", { name: `${server.url}/track/${service.tracking_code}` })).toBeVisible();
    await expect(half).toContainText(String(service.tracking_code));
  }
  const printed = (await hanna.page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(printed.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
});

test("a category that is renamed or deleted changes in a form that stands open", async ({ enter, hands }) => {
  const bruno = await hands("bruno");
  const hanna = await enter("hanna");
  const [, network, phones] = (await bruno.asks("categories?sort=created_at")).items as { id: string }[];
  await hanna.page.keyboard.press("c");
  const form = hanna.dialog("New call");
  await hanna.chooses("Category", "Network", form);
  await expect(form.getByRole("combobox", { name: "Category" }).or(form.getByLabel("Category")).first()).toHaveValue(
    "Network",
  );
  await bruno.does(`categories/${network?.id}`, { name: "Network and Wi-Fi" }, "PATCH");
  await expect(form.getByLabel("Category").first()).toHaveValue("Network and Wi-Fi");
  await bruno.does("categories", { name: "Door locks" });
  await bruno.does(`categories/${phones?.id}`, {}, "DELETE");
  await form.getByLabel("Category").first().click();
  await expect(hanna.page.getByRole("option", { name: "Door locks" })).toBeVisible();
  await expect(hanna.page.getByRole("option", { name: "Phones" })).toHaveCount(0);
});
