// A server of a few answers, for the tests of what asks over HTTP outside the live client.
import { vi } from "vitest";

type Meanwhile = () => unknown;

/** Stands in for `fetch` until `vi.unstubAllGlobals`. */
export interface FakeServer {
  /** What it answers from now on; `meanwhile` happens, to its end, before the answer is out. */
  on(request: string, status: number, body: unknown, meanwhile?: Meanwhile, headers?: Record<string, string>): void;
  /** It does not answer from now on. */
  silent(request: string): void;
  /** The bodies that it was sent, in order. */
  asked(request: string): unknown[];
}

interface Answer {
  status: number;
  body: unknown;
  meanwhile: Meanwhile | undefined;
  headers: Record<string, string>;
}

/** Takes the place of the network. A request is named as `GET /api/me`. */
export function aServer(): FakeServer {
  const answers = new Map<string, Answer>();
  const heard: { request: string; body: unknown }[] = [];
  vi.stubGlobal("fetch", async (path: string, { method = "GET", body }: RequestInit = {}) => {
    const request = `${method} ${path}`;
    heard.push({ request, body: typeof body === "string" ? JSON.parse(body) : undefined });
    const answer = answers.get(request);
    if (answer === undefined) throw new TypeError("Failed to fetch");
    await answer.meanwhile?.();
    const text = answer.status === 204 ? null : JSON.stringify(answer.body);
    return new Response(text, { status: answer.status, headers: answer.headers });
  });
  return {
    on: (request, status, body, meanwhile, headers = {}) =>
      void answers.set(request, { status, body, meanwhile, headers }),
    silent: (request) => void answers.delete(request),
    asked: (request) => heard.filter((each) => each.request === request).map(({ body }) => body),
  };
}
