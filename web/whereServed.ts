// What a build needs for where it will be served. By Callboard itself: a place in the page where the server puts the nonce of
// its policy. By a static host, with the server at VITE_CALLBOARD_URL: the files by which Netlify and its like know that each
// address is the board's, and what the page may do (U6).

import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { loadEnv, type Plugin, type ResolvedConfig } from "vite";

// Mantine writes styles into the page. A host of plain files has no nonce for them that nobody could know before.
const headers = (server: string) => `/*
  Content-Security-Policy: default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
font-src 'self'; connect-src 'self' ${server} ${server.replace(/^http/, "ws")}; object-src 'none'; base-uri 'none'; \
form-action 'self'; frame-ancestors 'none'
  X-Content-Type-Options: nosniff
  Referrer-Policy: same-origin
  Cross-Origin-Opener-Policy: same-origin
/assets/*
  Cache-Control: public, max-age=31536000, immutable
/track/*
  Cache-Control: no-store
  Referrer-Policy: no-referrer
  X-Robots-Tag: noindex
`;

// What lies there is served; every other address is a screen.
const REDIRECTS = "/* /index.html 200\n";

/** The origin that a build is told; "" where it is told none. A path would be lost, so it is refused. */
function originOf(told: string | undefined): string {
  if (!told) return "";
  const url = URL.canParse(told) ? new URL(told) : null;
  if (url !== null && /^https?:$/.test(url.protocol) && url.pathname + url.search === "/") return url.origin;
  throw new Error("VITE_CALLBOARD_URL must be an address without a path: https://api.example.org");
}

/** The plugin. */
export function whereServed(): Plugin {
  let server = "";
  let settled: ResolvedConfig;
  return {
    name: "where-served",
    config: (given, { mode }) => {
      server = originOf(loadEnv(mode, resolve(given.root ?? ".")).VITE_CALLBOARD_URL);
      return server === "" ? { html: { cspNonce: "CSP_NONCE" } } : {};
    },
    configResolved: (resolved) => {
      settled = resolved;
    },
    writeBundle: async () => {
      if (server === "") return;
      const folder = resolve(settled.root, settled.build.outDir);
      await writeFile(join(folder, "_headers"), headers(server));
      await writeFile(join(folder, "_redirects"), REDIRECTS);
    },
  };
}
