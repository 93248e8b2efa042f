// Why something was not done, in the server's own words: the one error that commands and questions throw.

/** What the server says of a failure (PROTOCOL section 2). */
export interface FailureWords {
  code: string;
  message: string;
  fields?: Record<string, string>;
  changes?: FieldChange[];
  current?: Record<string, unknown>;
  retry: boolean;
  ref?: string;
  retry_after?: number;
}

/** What somebody else has changed meanwhile (code `conflict`). */
export interface FieldChange {
  field: string;
  was: unknown;
  now: unknown;
  by: { id: string; name: string };
  at: string;
}

/** A command or question that was not carried out; `message` is a sentence for people. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;
  readonly fields: Record<string, string> | undefined;
  readonly changes: FieldChange[] | undefined;
  readonly current: Record<string, unknown> | undefined;
  /** The same call may succeed later. */
  readonly retry: boolean;
  /** What to tell whoever looks after the server. */
  readonly ref: string | undefined;
  /** Seconds to wait before it. */
  readonly retryAfter: number | undefined;

  constructor(words: FailureWords) {
    super(words.message);
    this.code = words.code;
    this.fields = words.fields;
    this.changes = words.changes;
    this.current = words.current;
    this.retry = words.retry;
    this.ref = words.ref;
    this.retryAfter = words.retry_after;
  }

  /** As plain words, to be stored; `new Refusal(refusal.words())` is the same again. */
  words(): FailureWords {
    const { code, message, fields, changes, current, retry, ref } = this;
    return {
      code,
      message,
      retry,
      ...(fields && { fields }),
      ...(changes && { changes }),
      ...(current && { current }),
      ...(ref !== undefined && { ref }),
    };
  }
}

/** Nothing answered: the network is gone, or the server. Whether it happened there is not known. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

/** Reads a failure out of whatever came: a body of the server's, or a page of some proxy between. */
export function refusalOf(body: unknown, status = 500, retryAfter?: number): Refusal {
  const words = isFailure(body)
    ? body.error
    : { code: codeOf(status), message: sentenceOf(status), retry: status >= 502 };
  return new Refusal({ ...words, ...(retryAfter !== undefined && { retry_after: retryAfter }) });
}

function isFailure(body: unknown): body is { error: FailureWords } {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const { error } = body;
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}

function codeOf(status: number): string {
  if (status === 401) return "unauthenticated";
  if (status === 429) return "rate_limited";
  return status >= 502 ? "unavailable" : "internal";
}

function sentenceOf(status: number): string {
  return status >= 502 || status === 429
    ? "The server is busy. Please try again in a moment."
    : "Something went wrong on the way to the server. Please try again.";
}
