// How the connection stands, in words (WEB L7).
import type { Status } from "@/realtime/react";

/** What the sign of the connection looks like. */
export type Tone = "good" | "warning" | "quiet" | "danger";

/** The words and the look of a status at the moment `now`. */
export function statusWords(status: Status, now: number): { words: string; tone: Tone } {
  const { state, retryAt, waiting } = status;
  const held = waiting > 0 ? `, ${waiting} waiting` : "";
  if (state === "live") return { words: `Live${held}`, tone: "good" };
  if (state === "polling") return { words: `Polling${held}`, tone: "warning" };
  if (state === "offline") return { words: `Offline${held}`, tone: "danger" };
  if (state === "ended") return { words: "Signed out", tone: "danger" };
  if (state === "connecting") return { words: "Connecting", tone: "quiet" };
  const seconds = retryAt === null ? 0 : Math.ceil((retryAt - now) / 1000);
  return { words: seconds > 0 ? `Reconnecting in ${seconds}\u00a0s${held}` : `Reconnecting${held}`, tone: "warning" };
}

/** The same without what changes every second: what is read aloud. */
export const spokenWords = (status: Status): string => statusWords({ ...status, retryAt: null }, 0).words;
