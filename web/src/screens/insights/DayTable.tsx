// The chart as a table: always there for who listens, and to be seen where it is asked for.
import type { Insights } from "@/realtime/schema";
import { fullDay } from "@/widgets/duration";
import classes from "./DayTable.module.css";

interface DayTableProps {
  days: Insights["days"];
  weekly: boolean;
  shown: boolean;
}

/** Day by day, the newest first. */
export function DayTable({ days, weekly, shown }: DayTableProps) {
  return (
    <div className={shown ? classes.box : classes.spoken}>
      <table className={classes.table} aria-label="Created and completed calls">
        <thead>
          <tr>
            <th scope="col">{weekly ? "Week from" : "Day"}</th>
            <th scope="col">Created</th>
            <th scope="col">Completed</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ day, created, completed }) => (
            <tr key={day}>
              <th scope="row">{fullDay(day)}</th>
              <td>{created}</td>
              <td>{completed}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
