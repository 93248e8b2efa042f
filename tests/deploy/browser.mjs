// A person's browser, for the tests of deployment: does what it is told on standard input, a line of JSON each, and says
// what came of it. `{"do": "opens", "url"}`, `{"do": "writes", "label", "text"}`, `{"do": "presses", "name"}`,
// `{"do": "chooses", "name"}` of a menu, `{"do": "reloads"}`, `{"do": "sees", "words"}`, `{"do": "runs", "script", "given"}`,
// `{"do": "cookies"}`, `{"do": "complaints"}`.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const { chromium } = createRequire(new URL("../../web/package.json", import.meta.url))("@playwright/test");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
// The certificate is one that the test has signed itself.
const context = await browser.newContext({ ignoreHTTPSErrors: true, locale: "en-GB" });
const page = await context.newPage();
const complaints = [];
page.on("pageerror", (error) => complaints.push(error.message));
page.on("console", (said) => /Content Security Policy|CORS policy/.test(said.text()) && complaints.push(said.text()));

const deeds = {
  opens: async ({ url }) => void (await page.goto(url)),
  writes: async ({ label, text }) => page.getByRole("textbox", { name: label }).fill(text),
  presses: async ({ name }) => page.getByRole("button", { name, exact: true }).click(),
  chooses: async ({ name }) => page.getByRole("menuitem", { name, exact: true }).click(),
  reloads: async () => void (await page.reload()),
  sees: async ({ words }) => page.getByText(words).first().waitFor({ timeout: 30_000 }),
  runs: async ({ script, given }) => page.evaluate(`(${script})(${JSON.stringify(given)})`),
  cookies: async () => context.cookies(),
  complaints: async () => complaints,
};

for await (const line of createInterface({ input: process.stdin })) {
  const { do: deed, ...told } = JSON.parse(line);
  const said = await deeds[deed](told).then(
    (value) => ({ value: value ?? null }),
    async (error) => ({ error: String(error), page: (await page.innerText("body").catch(() => "")).slice(0, 600) }),
  );
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
await browser.close();
