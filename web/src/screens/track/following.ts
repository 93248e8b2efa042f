// Following one repair by its code, without a sign-in: asked for once, then live over server-sent events, and where those
// are not to be had, asked again every so often. A wrong code is asked for once only: the server counts them (DOMAIN).
import { SERVER } from "@/app/server";

/** What a customer may know of his repair. */
export interface Tracked {
  number: string;
  device_type: string;
  status: string;
  promised_on: string | null;
  steps: { at: string; what: string }[];
}

export type Following =
  | { state: "asking" }
  | { state: "found"; tracked: Tracked; live: boolean }
  | { state: "unknown" }
  | { state: "limited"; seconds: number }
  | { state: "unreachable" };

type Answer = Exclude<Following, { state: "asking" }>;

/** What the page is given by the browser, and a test by itself. */
export interface Surroundings {
  fetch: typeof fetch;
  EventSource: typeof EventSource | undefined;
  /** Milliseconds between two questions where nothing is live. */
  interval: number;
}

const here = (): Surroundings => ({
  fetch: (input, init) => fetch(input, init),
  EventSource: globalThis.EventSource,
  interval: 15_000,
});

/** Tell `told` what is known of the repair, and whatever changes, until the answer is called. */
export function follow(code: string, told: (now: Following) => void, surroundings = here()): () => void {
  const address = `${SERVER}/api/track/${encodeURIComponent(code)}`;
  const ended = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let source: EventSource | undefined;

  const later = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(again, ms);
  };
  const again = async () => {
    const answer = await ask(address, surroundings, ended.signal);
    if (ended.signal.aborted) return;
    told(answer);
    if (answer.state === "limited") later(answer.seconds * 1000);
    else if (answer.state === "unreachable") later(surroundings.interval);
    else if (answer.state === "found") listen();
  };
  const listen = () => {
    if (source !== undefined) return;
    if (surroundings.EventSource === undefined) return later(surroundings.interval);
    const opened = new surroundings.EventSource(`${address}/realtime`);
    source = opened;
    opened.addEventListener("tracked", (event) => {
      clearTimeout(timer);
      told({ state: "found", tracked: JSON.parse((event as MessageEvent<string>).data), live: true });
    });
    opened.addEventListener("error", () => {
      opened.close();
      source = undefined;
      if (!ended.signal.aborted) later(surroundings.interval);
    });
  };

  told({ state: "asking" });
  void again();
  return () => {
    ended.abort();
    clearTimeout(timer);
    source?.close();
  };
}

async function ask(address: string, { fetch }: Surroundings, signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(address, { signal, headers: { Accept: "application/json" }, cache: "no-store" });
    if (response.ok) return { state: "found", tracked: (await response.json()) as Tracked, live: false };
    if (response.status === 404) return { state: "unknown" };
    if (response.status === 429) return { state: "limited", seconds: waitOf(response) };
  } catch {
    // No answer at all: said below, like an answer that makes no sense.
  }
  return { state: "unreachable" };
}

const waitOf = (response: Response) => Math.max(1, Number(response.headers.get("Retry-After")) || 60);
