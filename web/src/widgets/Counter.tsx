// A figure that rolls to its new value (WEB V4), and simply shows it to who wants no motion.
import clsx from "clsx";
import classes from "./Counter.module.css";
import { useRollingNumber } from "./useRollingNumber";

/** A whole number that rolls when it changes. Who listens hears the value itself, not the rolling. */
export function Counter({ value, className }: { value: number; className?: string | undefined }) {
  const shown = useRollingNumber(value);
  return (
    <span className={clsx(classes.counter, className)}>
      <span aria-hidden="true">{shown.toLocaleString("en")}</span>
      <span className={classes.spoken}>{value.toLocaleString("en")}</span>
    </span>
  );
}
