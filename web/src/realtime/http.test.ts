// @vitest-environment node
import { expect, it, vi } from "vitest";
import { Http, query } from "./http";
import { Unreachable } from "./refusal";

function httpWith(answer: () => Promise<Response>, token?: string) {
  const fetch = vi.fn<typeof globalThis.fetch>(answer);
  const onSignedOut = vi.fn();
  return { http: new Http({ url: "http://board", token, fetch, onSignedOut }), fetch, onSignedOut };
}

const failure = (status: number, error: object, headers = {}) =>
  new Response(JSON.stringify({ ok: false, error, status }), { status, headers });

it("sends JSON with the token, and hands on the body and the headers", async () => {
  const { http, fetch } = httpWith(
    async () => Response.json({ cursor: "e.1" }, { headers: { "Callboard-Cursor": "e.2" } }),
    "t0",
  );
  const { body, headers } = await http.ask("/api/x", { method: "POST", body: { a: 1 } });
  expect(body).toEqual({ cursor: "e.1" });
  expect(headers.get("Callboard-Cursor")).toBe("e.2");
  expect(fetch.mock.calls[0]?.[0]).toBe("http://board/api/x");
  expect(fetch.mock.calls[0]?.[1]).toMatchObject({
    body: '{"a":1}',
    headers: { Authorization: "Bearer t0", "Content-Type": "application/json" },
  });
});

it("throws the server's own refusal", async () => {
  const words = {
    code: "conflict",
    message: "It has changed.",
    retry: false,
    changes: [],
    fields: { title: "is old" },
  };
  const { http } = httpWith(async () => failure(409, words));
  await expect(http.ask("/x")).rejects.toMatchObject(words);
});

it("says how long to wait where the server does", async () => {
  const busy = { code: "rate_limited", message: "Too many.", retry: true };
  const { http } = httpWith(async () => failure(429, busy, { "Retry-After": "7" }));
  await expect(http.ask("/x")).rejects.toMatchObject({ retry: true, retryAfter: 7 });
});

it("tells silence from a refusal, and a broken answer from a whole one", async () => {
  const { http } = httpWith(() => Promise.reject(new TypeError("network")));
  await expect(http.ask("/x")).rejects.toBeInstanceOf(Unreachable);
  const broken = new ReadableStream({ start: (stream) => stream.error(new Error("cut")) });
  await expect(httpWith(async () => new Response(broken)).http.ask("/x")).rejects.toBeInstanceOf(Unreachable);
});

it("makes a sentence of a proxy's page, which may be tried again", async () => {
  const { http } = httpWith(async () => new Response("<h1>Bad gateway</h1>", { status: 502 }));
  await expect(http.ask("/x")).rejects.toMatchObject({ code: "unavailable", retry: true });
});

it("S1: says when nobody is signed in", async () => {
  const { http, onSignedOut } = httpWith(async () => new Response("", { status: 401 }));
  await expect(http.ask("/x")).rejects.toMatchObject({ code: "unauthenticated" });
  expect(onSignedOut).toHaveBeenCalledOnce();
});

it("writes a query without what is not given", () => {
  expect(query({ a: undefined, b: null, c: ["x", "y"], d: 1 })).toBe("?b=&c=x%2Cy&d=1");
  expect(query({})).toBe("");
});
