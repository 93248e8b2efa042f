// The time, for everything that shows how long ago something was: one ticker for the whole page, running only while
// somebody looks at it.
import { useSyncExternalStore } from "react";

const TICK_MS = 15_000;

interface Ticker {
  subscribe(told: () => void): () => void;
  now(): number;
}

/** A ticker; all who subscribe are told together. */
export function makeTicker(everyMs: number): Ticker {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let at = 0;
  const look = () => {
    at = Math.floor(Date.now() / 1000) * 1000;
  };
  const tick = () => {
    look();
    for (const told of listeners) told();
  };
  const start = () => {
    look();
    return setInterval(tick, everyMs);
  };
  return {
    subscribe(told) {
      listeners.add(told);
      timer ??= start();
      return () => {
        listeners.delete(told);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
    now() {
      if (timer === undefined) look();
      return at;
    },
  };
}

const ticker = makeTicker(TICK_MS);

/** Now, in milliseconds; renders again every quarter of a minute. */
export const useNow = (): number => useSyncExternalStore(ticker.subscribe, ticker.now);
