// Waiting, and doing many things a few at a time.

export const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Calls `make(0)` to `make(count - 1)`, at most `atOnce` under way, and gives what they made, in order. */
export async function manyAtOnce(count, atOnce, make) {
  const made = new Array(count);
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const place = next;
      next += 1;
      made[place] = await make(place);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return made;
}

/** Waits until `isSo()`, looking every 5 ms; an error that says `what` was not so after `seconds`. */
export async function until(isSo, seconds, what) {
  const end = performance.now() + seconds * 1000;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`${seconds} s were not enough: ${what()}`);
    await pause(0.005);
  }
}

/** Waits for a promise; an error that says `what` was not so after `seconds`. */
export async function inTime(promise, seconds, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${seconds} s were not enough: ${what()}`)), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
