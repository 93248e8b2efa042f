// A day and time with its calendar fetched when it is first shown (U6); until then the time stands there as text, in the
// same room.
import { lazy, Suspense } from "react";
import { fullTime } from "@/widgets/duration";
import type { DateTimeControlProps } from "./DateTimeControl";
import { PlainDateTime } from "./PlainDateTime";
import quiet from "./quiet.module.css";

// While offline the calendar cannot be fetched; the form around it must not fall with it.
const DateTimeControl = lazy(() => import("./DateTimeControl").catch(() => ({ default: PlainDateTime })));

/** A field for a day and time. */
export function DueControl(props: DateTimeControlProps) {
  const waiting = <div className={quiet.read}>{props.value ? fullTime(props.value) : props.placeholder}</div>;
  return (
    <Suspense fallback={waiting}>
      <DateTimeControl {...props} />
    </Suspense>
  );
}
