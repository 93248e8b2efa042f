// How the board is tested from end to end: the built board, served by a real server with a database of its own for each
// test, in the Chromium that tools/chromium.sh finds. One story a test; two at a time, as each is two browsers and a server.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { defineConfig } from "@playwright/test";

const finder = fileURLToPath(new URL("../tools/chromium.sh", import.meta.url));
process.env.CHROMIUM ??= execFileSync(finder, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }).trim();

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/stage/furnish.ts",
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  workers: 2,
  // A browser that starves for a moment on a busy machine is not a finding; a story told as "flaky" is one to look into.
  retries: process.env.CI === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    // Without the film, which took a fifth of the processor: each step's page is in the trace, the last one as a picture too.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    launchOptions: { executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] },
  },
});
