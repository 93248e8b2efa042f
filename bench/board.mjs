// How the board holds up at 10,000 open calls, in a real browser (WEB U4, U6, V5): what the first load costs, how smoothly it
// scrolls, how fast a burst of events is shown, and how fast things are found.
//
//     node bench/board.mjs [--calls 10000] [--burst 1000]
//
// Starts `callboard serve` on a database of its own and drives it as people do. CHROMIUM names the browser; `make bench`
// finds one. The figures are those of this machine, browser and server together.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const { chromium } = createRequire(join(ROOT, "web/package.json"))("@playwright/test");
const ADMIN = { email: "bench@example.org", password: "a password for benches" };
const AT_ONCE = 64;

const { values } = parseArgs({
  options: { calls: { type: "string", default: "10000" }, burst: { type: "string", default: "1000" } },
});
const CALLS = Number(values.calls);
const BURST = Math.min(Number(values.burst), CALLS);

// -- a server with many calls -------------------------------------------------------------------------------------------

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  return port;
}

async function serve(folder) {
  const port = await freePort();
  const env = {
    PATH: process.env.PATH, HOME: folder, PORT: String(port), DATABASE_URL: `sqlite:///${folder}/bench.db`,
    CALLBOARD_TENANT: "Bench", CALLBOARD_ADMIN_EMAIL: ADMIN.email, CALLBOARD_ADMIN_PASSWORD: ADMIN.password,
  };
  const server = spawn(join(ROOT, ".venv/bin/callboard"), ["serve"], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  for await (const said of server.stdout) {
    if (String(said).includes("Callboard serves at")) break;
  }
  server.stdout.resume();
  return { server, url: `http://localhost:${port}` };
}

class Hands {
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  async send(method, path, body) {
    const headers = { "Content-Type": "application/json", Authorization: `Bearer ${this.token}` };
    const answer = await fetch(`${this.url}/api/tenants/main/${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  async sendAll(method, items) {
    const left = [...items];
    const worker = async () => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) await this.send(method, ...next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }
}

async function furnish(url) {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${url}/api/login`, { method: "POST", headers, body: JSON.stringify(ADMIN) });
  const hands = new Hands(url, (await answer.json()).token);
  const [full, empty] = await Promise.all(
    ["Before the burst", "After the burst"].map(async (name) => (await hands.send("POST", "categories", { name })).data.id),
  );
  const words = ["Printer", "Router", "Screen", "Telephone", "Door lock", "Scanner", "Till", "Cold room"];
  const call = (at) => ({
    title: `${words[at % words.length]} ${at} does not work`,
    customer_name: `Customer ${at % 997}`,
    customer_phone: `0301${String(at).padStart(6, "0")}`,
    priority: ["low", "normal", "normal", "high", "urgent"][at % 5],
    ...(at < BURST && { category_id: full }),
  });
  await hands.sendAll("POST", Array.from({ length: CALLS }, (_, at) => ["calls", call(at)]));
  return { hands, full, empty };
}

// -- measuring ----------------------------------------------------------------------------------------------------------

const rows = [];
const note = (what, value, wanted = "") => rows.push([what, value, wanted]);
const ms = (value) => `${Math.round(value)} ms`;

const firstCard = (page) => page.getByRole("link", { name: /^C-/ }).first();

async function signIn(context, url) {
  const data = { ...ADMIN, cookie_only: true };
  await context.request.post(`${url}/api/login`, { data, headers: { Origin: url } });
}

/** What must be fetched before the call board shows: the page's script, the board's, and all that these import. */
async function weighFirstLoad() {
  const folder = join(ROOT, "web/dist/assets");
  const [page, names] = await Promise.all([readFile(join(folder, "../index.html"), "utf8"), readdir(folder)]);
  const entry = page.match(/src="\/assets\/([^"]+\.js)"/)[1];
  const needed = new Set();
  const visit = async (name) => {
    if (needed.has(name)) return;
    needed.add(name);
    const imports = (await readFile(join(folder, name), "utf8")).matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g);
    for (const [, other] of imports) await visit(other);
  };
  await visit(entry);
  await visit(names.find((name) => /^Calls-.*\.js$/.test(name)));
  const sizes = await Promise.all([...needed].map(async (name) => (await stat(join(folder, `${name}.gz`))).size));
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

async function firstLoad(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await signIn(context, url);
  const page = await context.newPage();
  const began = Date.now();
  await page.goto(url);
  await firstCard(page).waitFor();
  const cards = Date.now() - began;
  const { bytes, files } = await weighFirstLoad();
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0);
  note("scripts of the first load, gzip", `${(bytes / 1000).toFixed(0)} kB in ${files} files`, "300 kB");
  note("first paint", ms(paint));
  note(`first card, nothing held, ${CALLS} calls to fetch`, ms(cards));
  await page.getByText("Live", { exact: true }).first().waitFor();
  const again = Date.now();
  await page.reload();
  await firstCard(page).waitFor();
  note("first card after a reload, from what is held", ms(Date.now() - again));
  return page;
}

/** Scrolls what holds the cards for three seconds, a bit each frame; the gaps between frames in ms. */
const scrolling = (list) =>
  new Promise((done) => {
    let scroller = list;
    while (scroller.scrollHeight <= scroller.clientHeight + 1 || getComputedStyle(scroller).overflowY === "visible") {
      scroller = scroller.parentElement;
    }
    const gaps = [];
    let before = performance.now();
    const end = before + 3000;
    const step = (now) => {
      gaps.push(now - before);
      before = now;
      scroller.scrollTop += 160;
      if (now < end) requestAnimationFrame(step);
      else done(gaps.slice(2));
    };
    requestAnimationFrame(step);
  });

async function scroll(page, what) {
  const list = page.getByRole("listitem").filter({ has: firstCard(page) }).first().or(page.getByRole("row").nth(1)).first();
  const gaps = await list.evaluate(scrolling);
  const sorted = [...gaps].sort((a, b) => a - b);
  const dropped = gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / (1000 / 60)) - 1), 0);
  note(`${what}: longest frame while scrolling 3 s`, ms(sorted.at(-1)), "50 ms");
  note(`${what}: frames over 50 ms, dropped, median`, `${gaps.filter((gap) => gap > 50).length}, ${dropped}, ${ms(sorted[sorted.length >> 1])}`);
}

/** One command moves many calls to another category: the count of that filter is what shows it. */
async function burst(page, { hands, full, empty }, url) {
  await page.goto(`${url}/?category=${empty}`);
  await page.getByText("Live", { exact: true }).first().waitFor();
  const shown = page.evaluate(
    (wanted) =>
      new Promise((done) => {
        let first = 0;
        const look = () => {
          const figures = [...document.querySelectorAll("h2 span")].map((each) => Number(each.textContent.replace(",", "")));
          if (first === 0 && figures.some((figure) => figure > 0)) first = performance.now();
          if (figures.includes(wanted)) done(performance.now() - first);
          else requestAnimationFrame(look);
        };
        look();
      }),
    BURST,
  );
  const began = Date.now();
  await hands.send("DELETE", `categories/${full}?reassign_to=${empty}`);
  const answered = Date.now() - began;
  const apart = await shown;
  note(`${BURST} events in a burst: from the first shown to the last`, ms(apart), "1,000 ms");
  note(`${BURST} events in a burst: from the command, which took ${ms(answered)}`, ms(Date.now() - began));
}

async function screens(page) {
  const places = ["Repairs", "Customers", "People", "Activity", "Calls"];
  await page.waitForLoadState("networkidle").catch(() => undefined);
  for (const name of places) {
    const link = page.getByRole("navigation", { name: "Screens" }).getByRole("link", { name });
    if ((await link.count()) === 0) continue;
    const took = await link.evaluate(
      (element) =>
        new Promise((done) => {
          const began = performance.now();
          element.click();
          requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
        }),
    );
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    note(`opening ${name}`, ms(took), "300 ms");
  }
}

/** From the next key to a result that holds these words. */
const untilFound = (words) =>
  new Promise((done) => {
    const began = () => {
      const since = performance.now();
      const look = () => {
        const found = [...document.querySelectorAll("[role=option]")].some((each) => each.textContent.includes(words));
        if (found || performance.now() - since > 5000) done(performance.now() - since);
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    };
    document.addEventListener("input", began, { once: true, capture: true });
  });

async function palette(page) {
  await page.keyboard.press("Control+k");
  const field = page.getByLabel("Search everything, or say what to do").first();
  await field.waitFor();
  const took = [];
  const one = CALLS - 1;
  const searches = [
    [`does not ${one}`, `${one} does not work`], ["Customer 99", "99"],
    [`0301 ${String(one).padStart(6, "0")}`, `${one} does not work`], [`C-${CALLS}`, `C-${String(CALLS).padStart(4, "0")}`],
  ];
  for (const [typed, found] of searches) {
    await field.fill("");
    const [time] = await Promise.all([page.evaluate(untilFound, found), field.fill(typed)]);
    took.push(time);
  }
  await page.keyboard.press("Escape");
  note("palette: by words, name, phone and number, to the result", took.map(ms).join(", "), "100 ms");
}

function print() {
  if (rows.length === 0) return;
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
  console.log(`\nThe board with ${CALLS.toLocaleString("en")} open calls (${cpus().length} × ${cpus()[0]?.model ?? "?"})\n`);
  for (const [what, value, wanted] of rows) {
    console.log(`${what.padEnd(widths[0])}  ${value.padStart(widths[1])}  ${wanted && `(at most ${wanted})`}`);
  }
}

const folder = await mkdtemp(join(tmpdir(), "callboard-bench-"));
const { server, url } = await serve(folder);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
try {
  const shop = await furnish(url);
  const page = await firstLoad(browser, url);
  await scroll(page, "columns");
  await page.goto(`${url}/?as=list`);
  await firstCard(page).waitFor();
  await scroll(page, "list");
  await page.goto(url);
  await firstCard(page).waitFor();
  await palette(page);
  await screens(page);
  await burst(page, shop, url);
} finally {
  print();
  await browser.close();
  server.kill("SIGTERM");
  await once(server, "exit");
  await rm(folder, { recursive: true, force: true });
}
