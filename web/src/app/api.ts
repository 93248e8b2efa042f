// Questions to the server that stand outside the live client: who am I, sign in, set up, my sessions. Always with its
// cookie, which no script can read (U6).
import { SERVER } from "./server";

/** The server, or the way to it, said no: the sentence to show, and which fields it is about. */
export class Failure extends Error {
  override readonly name = "Failure";
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Readonly<Record<string, string>> = {},
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }

  /** True where nobody answered, or the server is only just starting: it is worth asking again. */
  get unanswered(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

const SILENCE = "The server does not answer. Check your connection and try again.";
const ODD = "The server gave an answer that cannot be read. Try again in a minute.";

interface Problem {
  error?: { code?: string; message?: string; fields?: Record<string, string> };
}

/** Asks and gives the answer's JSON; throws `Failure`. */
export async function api<T>(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<T> {
  const response = await send(method, path, body);
  if (!response.ok) throw await failureOf(response);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw new Failure(502, "internal", ODD);
  }
}

async function send(method: string, path: string, body: unknown): Promise<Response> {
  const init: RequestInit = { method, credentials: "include", headers: { Accept: "application/json" } };
  if (body !== undefined) {
    init.headers = { ...init.headers, "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  try {
    return await fetch(`${SERVER}${path}`, init);
  } catch {
    throw new Failure(0, "unavailable", SILENCE);
  }
}

async function failureOf(response: Response): Promise<Failure> {
  const said = await response.json().then(
    (problem: Problem) => problem.error,
    () => undefined,
  );
  const wait = Number(response.headers.get("Retry-After")) || null;
  const status = response.status;
  const sentence = said?.message ?? (status >= 500 ? SILENCE : ODD);
  return new Failure(status, said?.code ?? "internal", sentence, said?.fields, wait);
}
