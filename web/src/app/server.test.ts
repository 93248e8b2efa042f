import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aServer, type FakeServer } from "./testServer";

const ELSEWHERE = "https://api.example.org";
const CREDENTIALS = { email: "ana@example.org", password: "a good password" };
const ME = { user: { id: "me" }, tenant: { slug: "main" } };
const storage = () => ({ setItem: vi.fn(), getItem: () => null, removeItem: vi.fn() });
let server: FakeServer;

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal("localStorage", storage());
  vi.stubGlobal("sessionStorage", storage());
  server = aServer();
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const account = (built: string) => {
  vi.stubEnv("VITE_CALLBOARD_URL", built);
  return import("./account");
};

describe("where the server is", () => {
  it("is the page's own origin where the build was told nothing", async () => {
    server.on("GET /api/me", 200, ME);
    expect(await (await account("")).whoAmI()).toEqual(ME);
  });

  it("is where the build was told, however that was written", async () => {
    server.on(`GET ${ELSEWHERE}/api/me`, 200, ME);
    expect(await (await account(`${ELSEWHERE}/`)).whoAmI()).toEqual(ME);
  });

  it("U6: a sign-in counts elsewhere once the browser has sent the cookie back", async () => {
    server.on(`POST ${ELSEWHERE}/api/login`, 200, ME);
    server.on(`GET ${ELSEWHERE}/api/me`, 200, ME);
    expect(await (await account(ELSEWHERE)).signIn(CREDENTIALS)).toEqual(ME);
  });

  it("V6: says what to do where the browser keeps no cookie of a server elsewhere", async () => {
    server.on(`POST ${ELSEWHERE}/api/login`, 200, ME);
    server.on(`GET ${ELSEWHERE}/api/me`, 401, { error: { code: "unauthenticated", message: "Please sign in." } });
    await expect((await account(ELSEWHERE)).signIn(CREDENTIALS)).rejects.toThrow(/cookies.*api\.example\.org/);
  });
});
