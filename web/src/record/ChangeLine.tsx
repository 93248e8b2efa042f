// One change in the time line: who did what, in words, and when.
import { Age } from "@/widgets/Age";
import { Person } from "@/widgets/Person";
import classes from "./line.module.css";
import type { Activity } from "./timelineEntries";

/** One change. */
export function ChangeLine({ change, deed }: { change: Activity; deed: string }) {
  return (
    <div className={classes.change}>
      <span className={classes.who} aria-hidden>
        <Person id={change.actor.id} name={false} />
      </span>
      <p className={classes.words} dir="auto">
        <bdi className={classes.name}>{change.actor.name}</bdi> {deed}{" "}
        <Age at={change.at} className={classes.age ?? ""} />
      </p>
    </div>
  );
}
