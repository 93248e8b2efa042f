// A day and time with its calendar fetched when it is first shown (U6); until then the time stands there as text, in the
// same room.
import { lazy, Suspense } from "react";
import { fullTime } from "@/widgets/duration";
import type { DateTimeControlProps } from "./DateTimeControl";
import quiet from "./quiet.module.css";

const DateTimeControl = lazy(() => import("./DateTimeControl"));

/** A field for a day and time. */
export function DueControl(props: DateTimeControlProps) {
  const waiting = <div className={quiet.read}>{props.value ? fullTime(props.value) : props.placeholder}</div>;
  return (
    <Suspense fallback={waiting}>
      <DateTimeControl {...props} />
    </Suspense>
  );
}
