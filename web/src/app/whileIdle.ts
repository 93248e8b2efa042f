// Work in small steps, done while the page has nothing else to do.

const SLICE_MS = 8;

/** Takes the steps whenever there is time; gives a way to stop. */
export function whileIdle(steps: Iterator<unknown>): () => void {
  let stopped = false;
  const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 16));
  const slice = () => {
    const until = performance.now() + SLICE_MS;
    while (!stopped && performance.now() < until) if (steps.next().done) return;
    if (!stopped) idle(slice);
  };
  idle(slice);
  return () => {
    stopped = true;
  };
}
