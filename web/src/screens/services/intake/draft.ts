// The draft of an intake, kept for this tab and this person until it is sent. A full or forbidden store only loses the
// keeping: the form itself still holds every word.
import { type Intake, isWritten } from "./intake";

const key = (userId: string) => `callboard.new-repair.${userId}`;

/** The draft this person left here; an unreadable one is as good as none. */
export function keptDraft(store: Storage, userId: string, empty: Intake): Intake {
  try {
    const kept: unknown = JSON.parse(store.getItem(key(userId)) ?? "null");
    return kept && typeof kept === "object" ? { ...empty, ...kept } : empty;
  } catch {
    return empty;
  }
}

/** Keeps the draft, or forgets it when nothing is written. */
export function keepDraft(store: Storage, userId: string, draft: Intake, empty: Intake): void {
  try {
    if (isWritten(draft, empty)) store.setItem(key(userId), JSON.stringify(draft));
    else store.removeItem(key(userId));
  } catch {
    // Said above.
  }
}
