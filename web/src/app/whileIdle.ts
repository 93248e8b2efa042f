// Work in small steps, done while the page has nothing else to do.

const SLICE_MS = 8;

/** Runs it once there is time. */
export function whenIdle(run: () => void): void {
  const idle = globalThis.requestIdleCallback ?? ((late: () => void) => setTimeout(late, 16));
  idle(run);
}

/** Takes the steps whenever there is time; gives a way to stop. */
export function whileIdle(steps: Iterator<unknown>): () => void {
  let stopped = false;
  const slice = () => {
    const until = performance.now() + SLICE_MS;
    while (!stopped && performance.now() < until) if (steps.next().done) return;
    if (!stopped) whenIdle(slice);
  };
  whenIdle(slice);
  return () => {
    stopped = true;
  };
}
