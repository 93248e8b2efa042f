// How urgent a call is: bars that grow, and a filled mark for urgent; the shape says it without the colour (WEB V1).
import clsx from "clsx";
import classes from "./PriorityMark.module.css";
import { priorityWord } from "./words";

const BARS: Record<string, number> = { low: 1, normal: 2, high: 3 };

export interface PriorityMarkProps {
  priority: string;
  /** The word beside the mark. */
  word?: boolean;
  className?: string | undefined;
}

/** The mark of a priority, with its word for those who do not see it. */
export function PriorityMark({ priority, word = false, className }: PriorityMarkProps) {
  const label = priorityWord(priority);
  return (
    <span
      className={clsx(classes.mark, className)}
      data-priority={priority}
      {...(word ? {} : { role: "img", "aria-label": `${label} priority`, title: `${label} priority` })}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        {priority === "urgent" ? <Urgent /> : <Bars filled={BARS[priority] ?? 2} />}
      </svg>
      {word ? <span>{label}</span> : null}
    </span>
  );
}

function Urgent() {
  return (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="3.5" className={classes.on} />
      <path d="M8 4.5v4.2M8 11.3v.2" className={classes.cut} />
    </>
  );
}

function Bars({ filled }: { filled: number }) {
  return [0, 1, 2].map((at) => (
    <rect
      key={at}
      x={2.5 + at * 4}
      y={10 - at * 3.5}
      width="3"
      height={4 + at * 3.5}
      rx="1"
      className={at < filled ? classes.on : classes.off}
    />
  ));
}
