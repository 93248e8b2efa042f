// Whether somebody can take a call now: a mark whose shape differs, and the word (V1).
import { AvailabilityDot } from "@/app/availability";
import type { User } from "@/realtime/schema";
import { availabilityWord } from "@/widgets/words";
import classes from "./Availability.module.css";

/** Mark and word. */
export function Availability({ state }: { state: User["availability"] }) {
  return (
    <span className={classes.availability}>
      <AvailabilityDot availability={state} />
      {availabilityWord(state)}
    </span>
  );
}
