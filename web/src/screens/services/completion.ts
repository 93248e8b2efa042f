// What may be said when the work is over (DOMAIN: complete_service): a repair or a replacement only by who worked on the
// device, and only with words about what was done. The dialog leaves out what the server would refuse.
import type { CompleteService } from "@/realtime/schema";
import type { Status } from "./stages";

export type Outcome = CompleteService["outcome"];

/** The outcomes, in the order they are offered. */
export const OUTCOMES: readonly Outcome[] = [
  "repaired",
  "replaced",
  "no_fault_found",
  "not_repairable",
  "uneconomic",
  "declined",
];

const WORKED: ReadonlySet<Outcome> = new Set(["repaired", "replaced"]);

/** Whether this outcome says what was done. */
export function needsWork(outcome: Outcome): boolean {
  return WORKED.has(outcome);
}

/** Why this outcome is not possible now; null where it is. */
export function whyNot(outcome: Outcome, status: Status): string | null {
  if (!needsWork(outcome) || status === "diagnosing" || status === "in_repair") return null;
  return "Repaired and replaced come after the work: move it to diagnosing or in repair first.";
}

/** What is offered first: a repair where there was work, else that nothing was found. */
export function likelyOutcome(status: Status): Outcome {
  if (status === "in_repair") return "repaired";
  return status === "awaiting_approval" ? "declined" : "no_fault_found";
}
