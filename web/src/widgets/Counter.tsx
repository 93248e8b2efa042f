// A figure that rolls to its new value (WEB V4), and simply shows it to who wants no motion.
import clsx from "clsx";
import { useLoaded, useStatus } from "@/realtime/react";
import classes from "./Counter.module.css";
import { useRollingNumber } from "./useRollingNumber";

/** A whole number that rolls when it changes. Who listens hears the value itself, not the rolling. */
export function Counter({ value, className }: { value: number; className?: string | undefined }) {
  // What is still being fetched is no change: nothing rolls up from nothing.
  const loaded = useLoaded();
  const { state } = useStatus();
  const shown = useRollingNumber(value, loaded && state !== "connecting");
  return (
    <span className={clsx(classes.counter, className)}>
      <span aria-hidden="true">{shown.toLocaleString("en")}</span>
      <span className={classes.spoken}>{value.toLocaleString("en")}</span>
    </span>
  );
}
