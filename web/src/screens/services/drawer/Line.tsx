// One line of a repair that is not a field: a name, and what belongs to it.
import type { ReactNode } from "react";
import styles from "./Drawer.module.css";

/** A line in the row of fields. */
export function Line({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <div className={styles.line}>
      <span className={styles.label}>{label}</span>
      <span className={styles.value}>{children}</span>
    </div>
  );
}
