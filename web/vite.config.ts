// How the board is built and, while it is worked on, served: `npm run dev` asks a Callboard server for everything under
// /api, and for the socket. That server is CALLBOARD_URL, and it must allow this page's origin (ALLOWED_ORIGINS).

import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { precompress } from "./precompress.ts";
import { whereServed } from "./whereServed.ts";

const server = process.env.CALLBOARD_URL ?? "http://localhost:8000";

export default defineConfig({
  plugins: [react(), whereServed(), precompress()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  server: {
    proxy: { "/api": server, "/socket.io": { target: server, ws: true }, "/ws": { target: server, ws: true } },
  },
  // No file is inlined as data: the policy that the server sends lets in what lies at the origin alone.
  build: {
    target: "es2023",
    // The first of each that know light-dark(): for older ones it would be rewritten to variables that nothing sets.
    cssTarget: ["chrome123", "edge123", "firefox120", "safari17.5"],
    assetsInlineLimit: 0,
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    // What every page needs comes as one file: smaller than in two dozen, which are packed each for itself (U6).
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "base", tags: ["$initial"] }] } } },
  },
  test: {
    setupFiles: ["src/test-setup.ts"],
    restoreMocks: true,
    testTimeout: 20_000,
    // A page only where something is shown: half of the tests need none, and making one takes longer than most tests.
    projects: [
      { extends: true, test: { name: "pure", environment: "node", include: ["src/**/*.test.ts"] } },
      { extends: true, test: { name: "shown", environment: "jsdom", include: ["src/**/*.test.tsx"] } },
    ],
  },
});
