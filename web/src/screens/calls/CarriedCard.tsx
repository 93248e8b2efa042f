// What hangs under the pointer while a call is carried: the call, how many go with it, and what a drop here would do.
import { IconArrowRight, IconBan } from "@tabler/icons-react";
import { useLayoutEffect, useRef } from "react";
import type { Call } from "@/realtime/schema";
import { RecordNumber } from "@/widgets/RecordNumber";
import classes from "./CarriedCard.module.css";
import type { Verdict } from "./verdicts";

/** The carried card. */
export function CarriedCard({ call, count, verdict }: { call: Call; count: number; verdict: Verdict | null }) {
  const Icon = verdict?.mark === "refused" ? IconBan : IconArrowRight;
  // On the right half of the page the sentence grows to the left: over the team it would end outside the page.
  const carried = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const at = carried.current;
    at?.toggleAttribute("data-right", at.getBoundingClientRect().left > window.innerWidth / 2);
  });
  return (
    <div ref={carried} className={classes.carried}>
      <div className={classes.card} data-many={count > 1 || undefined}>
        <span className={classes.head}>
          <RecordNumber plural="calls" record={call} />
          {count > 1 && <span className={classes.count}>{count} calls</span>}
        </span>
        <span className={classes.title} dir="auto">
          {call.title}
        </span>
      </div>
      {verdict !== null && verdict.sentence !== "" && (
        <div className={classes.verdict} data-mark={verdict.mark}>
          <Icon size={14} stroke={1.75} aria-hidden />
          {verdict.sentence}
        </div>
      )}
    </div>
  );
}
