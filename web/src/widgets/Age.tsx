// How long ago something was (WEB V3): short in place, in full on hover and focus.
import clsx from "clsx";
import classes from "./Age.module.css";
import { fullTime, shortDuration } from "./duration";
import { useHint } from "./useHint";
import { useNow } from "./useNow";

export interface AgeProps {
  at: string | null | undefined;
  /** "4 min ago" instead of "4 min". */
  ago?: boolean;
  /** Reached by the Tab key, so that the keyboard reads the full time; off where cards carry their own focus. */
  focusable?: boolean;
  className?: string | undefined;
}

/** The age of a moment; nothing where there is none. */
export function Age({ at, ago = false, focusable = false, className }: AgeProps) {
  const now = useNow();
  const { handlers, tip } = useHint(at ? fullTime(at) : null);
  if (!at) return null;
  const short = shortDuration(now - Date.parse(at));
  return (
    <>
      <time
        dateTime={at}
        className={clsx(classes.age, className)}
        {...handlers}
        {...(focusable ? { tabIndex: 0 } : {})}
      >
        {ago && short !== "now" ? `${short} ago` : short}
      </time>
      {tip}
    </>
  );
}
