// When something is to be done by: quiet while there is time, marked by icon and word when it is late (WEB V3).
import { IconAlertTriangle, IconClock } from "@tabler/icons-react";
import clsx from "clsx";
import classes from "./Age.module.css";
import { fullDay, fullTime, shortDuration } from "./duration";
import { useHint } from "./useHint";
import { useNow } from "./useNow";

/** When something promised for this moment or day is late: a day ends when it is over. */
export function dueTime(at: string): number {
  return at.length === 10 ? new Date(`${at}T23:59:59.999`).getTime() : Date.parse(at);
}

/** Whether the moment, or the day, is over. */
export const isOverdue = (at: string | null | undefined, now: number): boolean =>
  Boolean(at) && dueTime(at ?? "") < now;

const SOON_MS = 2 * 60 * 60_000;

/** "due in 2 h", "due today", "overdue 3 h". */
export function dueWords(at: string, now: number): { words: string; when: "later" | "soon" | "overdue" } {
  const left = dueTime(at) - now;
  if (left < 0) return { words: left > -60_000 ? "overdue" : `overdue ${shortDuration(-left)}`, when: "overdue" };
  if (at.length === 10 && left < 86_400_000) return { words: "due today", when: "soon" };
  const words = left < 60_000 ? "due now" : `due in ${shortDuration(left)}`;
  return { words, when: left < SOON_MS ? "soon" : "later" };
}

export interface DueProps {
  at: string | null | undefined;
  /** Done: shown without haste, however late it was. */
  done?: boolean;
  /** In a narrow line (a container of that name) the mark and the time alone; the words are still read out. */
  brief?: boolean;
  className?: string | undefined;
}

/** A due time, or a promised day; nothing where there is none. */
export function Due({ at, done = false, brief = false, className }: DueProps) {
  const now = useNow();
  const full = at ? (at.length === 10 ? fullDay(at) : fullTime(at)) : "";
  const { handlers, tip } = useHint(full);
  if (!at) return null;
  const { words, when } = done ? { words: full, when: "later" as const } : dueWords(at, now);
  const Icon = when === "overdue" ? IconAlertTriangle : IconClock;
  return (
    <>
      <span className={clsx(classes.due, className)} data-when={when} {...handlers}>
        <Icon size={14} stroke={1.75} aria-hidden="true" />
        <time dateTime={at}>{brief ? <Brief words={words} /> : words}</time>
      </span>
      {tip}
    </>
  );
}

function Brief({ words }: { words: string }) {
  const time = words.match(/\d.*$/u)?.[0] ?? "";
  const before = words.slice(0, words.length - time.length);
  return time === "" ? (
    words
  ) : (
    <>
      <span className={classes.before}>{before}</span>
      {time}
    </>
  );
}
