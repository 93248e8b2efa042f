// From a figure to the calls that it counts: the call board, narrowed to them.

const OPEN = "new,assigned,in_progress,on_hold";
const WITHOUT = { status: "", category: "none", assignee: "nobody" } as const;

/** The board with the open calls of one row; the empty key is the row of those without a value. */
export function boardAddress(by: keyof typeof WITHOUT, key: string): string {
  const query = new URLSearchParams(by === "status" ? {} : { status: OPEN });
  query.set(by, key === "" ? WITHOUT[by] : key);
  return `/?${query}`;
}
