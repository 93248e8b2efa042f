// The server over plain HTTP: commands, questions, snapshots. One place knows the base address, the credential, and how an
// answer, a refusal and silence look.

import { refusalOf, Unreachable } from "./refusal";

export interface HttpOptions {
  /** Where the server is; "" is the page's own origin. */
  url: string;
  /** For clients that are no pages: the bearer token. Pages have the cookie. */
  token?: string | undefined;
  fetch: typeof globalThis.fetch;
  /** Called when the server knows no session (401). */
  onSignedOut: () => void;
}

export interface HttpRequest {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  headers?: Record<string, string>;
  body?: unknown;
  signal?: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** Asks; throws a Refusal where the server says no, Unreachable where nothing answers. */
export class Http {
  constructor(private readonly options: HttpOptions) {}

  /** The whole address of a path. */
  address(path: string): string {
    return `${this.options.url}${path}`;
  }

  async ask(path: string, { method = "GET", headers = {}, body, signal }: HttpRequest = {}): Promise<HttpAnswer> {
    const { token, fetch } = this.options;
    const response = await fetch(this.address(path), {
      method,
      credentials: "include",
      headers: {
        ...headers,
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    }).catch((cause: unknown) => {
      throw new Unreachable("The server cannot be reached.", { cause });
    });
    return this.read(response);
  }

  private async read(response: Response): Promise<HttpAnswer> {
    const text = await response.text().catch((cause: unknown) => {
      throw new Unreachable("The answer broke off.", { cause });
    });
    const body = parsed(text);
    if (response.ok) return { status: response.status, headers: response.headers, body };
    if (response.status === 401) this.options.onSignedOut();
    throw refusalOf(body, response.status, Number(response.headers.get("Retry-After")) || undefined);
  }
}

function parsed(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return null; // a page of a proxy; its status says enough
  }
}

/** `?a=1&b=2`, without what is undefined; null is the empty value. */
export function query(values: Record<string, unknown>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]) => [name, wordOf(value)]));
  return given.length === 0 ? "" : `?${search}`;
}

function wordOf(value: unknown): string {
  return value === null ? "" : Array.isArray(value) ? value.map(wordOf).join(",") : String(value);
}
