// A field for a day, with its calendar fetched when it is first shown (U6); until then the day stands there as text.
import { TextInput } from "@mantine/core";
import { lazy, Suspense } from "react";
import { fullDay } from "@/widgets/duration";
import type { DayCalendarProps } from "./DayCalendar";
import { PlainDay } from "./PlainDay";

const DayCalendar = lazy(() => import("./DayCalendar").catch(() => ({ default: PlainDay })));

/** A day. */
export function DayField(props: DayCalendarProps) {
  const { id, label, description, placeholder, size, variant, classNames, value } = props;
  const look = { id, label, description, placeholder, size, variant, classNames };
  const said = Object.fromEntries(Object.entries(look).filter(([, part]) => part !== undefined));
  return (
    <Suspense fallback={<TextInput {...said} readOnly value={value === null ? "" : fullDay(value)} />}>
      <DayCalendar {...props} />
    </Suspense>
  );
}
