// One action on many calls (S2): each call is a command of its own, so one that is refused stops no other, and the
// whole can be taken back step by step. Progress is told after every answer (U5).

/** What became of one of them; without a cursor where it was so already and there is nothing to take back. */
export type Result =
  | { id: string; state: "done"; cursor: string | null }
  | { id: string; state: "held" }
  | { id: string; state: "refused"; why: string };

/** How far it is. */
export interface Progress {
  done: number;
  of: number;
}

/** Does it to one, and throws the refusal. */
export type Doer = (
  id: string,
) => Promise<{ state: "acknowledged"; ack: { cursor: string | null } } | { state: "held" }>;

const AT_ONCE = 8;

async function one(id: string, does: Doer): Promise<Result> {
  try {
    const outcome = await does(id);
    if (outcome.state === "held") return { id, state: "held" };
    return { id, state: "done", cursor: outcome.ack.cursor };
  } catch (error) {
    return { id, state: "refused", why: error instanceof Error ? error.message : "It did not work. Please try again." };
  }
}

/** Does it to all, a few at a time; the results stand in the order of the ids. */
export async function forEachOf(
  ids: readonly string[],
  does: Doer,
  tell: (progress: Progress) => void,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  let done = 0;
  const worker = async () => {
    for (let at = next++; at < ids.length; at = next++) {
      results[at] = await one(ids[at] ?? "", does);
      done += 1;
      tell({ done, of: ids.length });
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, ids.length) }, worker));
  return results;
}

/** The cursors that take it all back, last first. */
export function undoOrder(results: readonly Result[]): readonly string[] {
  return results
    .flatMap((result) => (result.state === "done" && result.cursor !== null ? [result.cursor] : []))
    .reverse();
}

const calls = (count: number) => (count === 1 ? "1 call" : `${count} calls`);

/** What happened, in one sentence: "12 calls assigned to Ada, 1 refused". */
export function summary(results: readonly Result[], what: string): string {
  const count = (state: Result["state"]) => results.filter((result) => result.state === state).length;
  const parts = [];
  if (count("done") > 0) parts.push(`${calls(count("done"))} ${what}`);
  if (count("held") > 0) parts.push(`${calls(count("held"))} will be sent when you are back online`);
  if (count("refused") > 0) parts.push(`${calls(count("refused"))} refused`);
  return parts.join(", ");
}
