// What else the customer of a call has open, so that one visit may do for all of it.
import { Link, useLocation } from "react-router";
import type { Call } from "@/realtime/schema";
import classes from "@/record/Drawer.module.css";
import { Line } from "@/record/Line";
import { numberOf } from "@/widgets/RecordNumber";
import { useOtherOpenCalls } from "./useOtherOpenCalls";

const MOST = 3;

/** His other open calls; nothing where there are none. */
export function OtherOpenCalls({ call }: { call: Call }) {
  const { search } = useLocation();
  const others = useOtherOpenCalls(call.customer_id, call.id);
  if (others.length === 0) return null;
  return (
    <Line label="Also open">
      {others.slice(0, MOST).map((other) => (
        <Link
          key={other.id}
          className={classes.link}
          title={other.title}
          to={{ pathname: `/calls/${other.number || other.id}`, search }}
        >
          {numberOf("calls", other)}
        </Link>
      ))}
      {others.length > MOST && <span className={classes.quiet}>and {others.length - MOST} more</span>}
    </Line>
  );
}
