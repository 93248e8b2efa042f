// One line of a record that is not a field: a name, and what belongs to it.
import type { ReactNode } from "react";
import classes from "./Drawer.module.css";

/** A line in the row of fields. */
export function Line({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <div className={classes.line}>
      <span className={classes.label}>{label}</span>
      <span className={classes.value}>{children}</span>
    </div>
  );
}
