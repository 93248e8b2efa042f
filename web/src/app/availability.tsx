// Whether somebody can take work now: the three words of it, and a dot whose shape differs as well as its colour (U3).
import clsx from "clsx";
import type { User } from "@/realtime";
import classes from "./availability.module.css";

export type Availability = User["availability"];

/** The choices, in the order in which they are offered. */
export const AVAILABILITIES: readonly { value: Availability; label: string }[] = [
  { value: "available", label: "Available" },
  { value: "busy", label: "Busy" },
  { value: "away", label: "Away" },
];

/** Full: available; barred: busy; hollow: away. */
export function AvailabilityDot({
  availability,
  className,
}: {
  availability: Availability;
  className?: string | undefined;
}) {
  return <span className={clsx(classes.dot, className)} data-availability={availability} aria-hidden="true" />;
}
