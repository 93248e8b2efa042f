// Everybody can use it: no finding by axe that matters, the keyboard is enough, and so is a small phone (U3).
import { createRequire } from "node:module";
import type { Locator, Page } from "@playwright/test";
import { takesCall } from "./stage/calls";
import type { Hands } from "./stage/http";
import type { Person } from "./stage/person";
import { expect, test } from "./stage/stage";
import { PASSWORD } from "./stage/team";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const SCREENS = [
  "/",
  "/?as=list",
  "/services",
  "/customers",
  "/users",
  "/categories",
  "/activity",
  "/insights",
  "/settings",
];

interface Finding {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

/** What axe finds serious or critical, in words: the rule, what is wrong, and the first place. */
async function findings(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(await script());
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run(options: unknown): Promise<{ violations: Finding[] }> } };
    return (await axe.run({ resultTypes: ["violations"] })).violations;
  });
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${shortened(html)} ${failureSummary}`));
}

const shortened = (html: string): string => html.replaceAll(/ class="[^"]*"| id="[^"]*"/g, "").slice(0, 200);

const script = async (): Promise<string> => (await import("node:fs/promises")).readFile(AXE, "utf8");

/** A shop where every kind of thing is there to be seen. */
async function work(hands: (name: "hanna" | "bruno" | "grace") => Promise<Hands>): Promise<string> {
  const [hanna, bruno] = [await hands("hanna"), await hands("bruno")];
  const customer = await hanna.does("customers", { name: "Ms. Gray", phone: "030 123456" });
  const due_at = "2026-01-05T09:00:00.000Z";
  const call = await hanna.does("calls", {
    title: "Printer prints blank pages",
    customer_id: customer.id,
    customer_name: "Ms. Gray",
    priority: "urgent",
    due_at,
  });
  const users = (await hanna.asks("users?q=dmitri")).items as { id: string }[];
  const other = await hanna.does("calls", { title: "No dial tone", customer_name: "Mr. Brown", priority: "low" });
  await bruno.does(`calls/${other.id}/assign`, { assignee_id: users[0]?.id });
  await bruno.does("notes", { resource: "calls", record_id: call.id, text: "He will call back at five" });
  await hanna.does("services", {
    customer_name: "Ms. Gray",
    device_type: "Laptop",
    reported_fault: "Dark screen",
    promised_on: "2026-01-06",
  });
  const service = await hanna.does("services", {
    customer_name: "Mr. Brown",
    device_type: "Radio",
    reported_fault: "Hums",
  });
  return String(service.tracking_code);
}

/** Every screen and what stands over it: where, and what shows that it is there. */
const VIEWS: readonly [path: string, there: (page: Page) => Locator][] = [
  ...SCREENS.map((path): [string, (page: Page) => Locator] => [
    path,
    (page) => page.getByRole("heading", { level: 1 }),
  ]),
  ["/calls/1", (page) => page.getByRole("region", { name: /^Call / }).getByText("He will call back at five")],
  ["/services/1", (page) => page.getByRole("region", { name: /^Repair / })],
  ["/customers/1", (page) => page.getByRole("region", { name: /Gray/ })],
  ["/users/2", (page) => page.getByRole("region", { name: /Bruno/ })],
  ["/?new=call", (page) => page.getByRole("dialog", { name: "New call" })],
  ["/?new=service", (page) => page.getByRole("dialog", { name: "New repair" })],
];

for (const theme of ["light", "dark"] as const) {
  test(`U3 axe finds nothing serious on any screen, ${theme}`, async ({ enter, hands }) => {
    test.slow();
    const code = await work(hands);
    const ada = await enter("ada", { theme });
    await ada.page.emulateMedia({ reducedMotion: "reduce" });
    const found = new Map<string, string[]>();
    const review = async (path: string, there: Locator) => {
      await ada.page.goto(path);
      await expect(there.first()).toBeVisible();
      await ada.page.waitForLoadState("networkidle");
      for (const finding of await findings(ada.page)) found.set(finding, [...(found.get(finding) ?? []), path]);
    };
    for (const [path, there] of VIEWS) await review(path, there(ada.page));
    await review(`/track/${code}`, ada.page.getByText("We have received your device."));
    await ada.context.clearCookies();
    await review("/signin", ada.page.getByRole("button", { name: "Sign in" }));
    expect([...found].map(([finding, paths]) => `${finding} (${paths.join(" ")})`)).toEqual([]);
  });
}

/** Presses Tab until the focus is there. */
async function tabsTo(person: Person, target: ReturnType<Page["locator"]>): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await person.page.keyboard.press("Tab");
  }
  throw new Error("Tab does not get there.");
}

test("U2 U3 the keyboard alone is enough, from signing in to a completed call", async ({ enter }) => {
  const bruno = await enter("bruno", { path: null });
  const { page } = bruno;
  await bruno.context.clearCookies();
  await page.goto("/");
  await expect(page.getByLabel("Email")).toBeFocused();
  await page.keyboard.type("bruno@example.com");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await bruno.isLive();
  await page.keyboard.press("c");
  await expect(bruno.dialog("New call").getByLabel("What is wrong?")).toBeFocused();
  await page.keyboard.type("Router blinks red");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Mr. Brown");
  await page.keyboard.press("Control+Enter");
  await expect(bruno.dialog("New call")).toBeHidden();
  const link = page.getByRole("link", { name: /Router blinks red/ });
  await expect(link).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(page.getByLabel("Search everything, or say what to do").first()).toBeFocused();
  await page.keyboard.type("router blinks");
  await expect(page.getByRole("option", { name: /Router blinks red/ })).toBeVisible();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("region", { name: /^Call / });
  await expect(drawer).toBeVisible();
  await tabsTo(bruno, drawer.getByRole("button", { name: "Complete" }));
  await page.keyboard.press("Enter");
  await expect(bruno.dialog(/^Complete C-/).getByLabel("What solved it?")).toBeFocused();
  await page.keyboard.type("Plugged in again");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("region", { name: "Completed", exact: true }).getByRole("article")).toHaveCount(1);
});

/** How many pixels of this page one would have to scroll sideways for. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("U3 at 2560 px no screen is wider than the page either", async ({ enter, hands }) => {
  await work(hands);
  const ada = await enter("ada", { width: 2560, height: 1300 });
  for (const [path, there] of VIEWS) {
    await ada.page.goto(path);
    await expect(there(ada.page).first()).toBeVisible();
    expect(await overflow(ada.page), path).toBe(0);
  }
});

test("V2 at 360 px no screen is wider than the page, and a call goes from new to completed", async ({
  enter,
  hands,
}) => {
  test.slow();
  const code = await work(hands);
  const bruno = await enter("bruno", { width: 360, height: 740 });
  for (const screen of [...SCREENS, "/calls/1", "/services/1", "/?new=call", `/track/${code}`]) {
    await bruno.page.goto(screen);
    await expect(bruno.page.locator("main, [role=main]").first()).toBeVisible();
    await expect(bruno.page.getByRole("heading").first()).toBeAttached();
    expect(await overflow(bruno.page), screen).toBe(0);
  }
  await bruno.opens("/");
  await takesCall(bruno, { title: "Scanner does not read" });
  const page = bruno.page.getByRole("region", { name: /^Call / });
  await page.getByRole("button", { name: "Assign" }).last().click();
  await bruno.page.getByRole("option", { name: /Grace Okafor/ }).click();
  await expect(page).toContainText("Grace Okafor");
  await page.getByRole("button", { name: "Complete" }).click();
  await bruno
    .dialog(/^Complete C-/)
    .getByLabel("What solved it?")
    .fill("Cleaned the lens");
  await bruno.presses("Complete", bruno.dialog(/^Complete C-/));
  await expect(page.getByText("Completed").first()).toBeVisible();
});
