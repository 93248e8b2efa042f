// A line of a drawer that is not edited as a field of its record: label and content, laid out as those that are.
import type { ReactNode } from "react";
import row from "@/record/FieldRow.module.css";
import classes from "./Fact.module.css";

interface FactProps {
  label: string;
  /** The id of a control within, so that the label belongs to it. */
  controlId?: string;
  children: ReactNode;
}

/** Label and content. */
export function Fact({ label, controlId, children }: FactProps) {
  return (
    <div className={row.row}>
      {controlId ? (
        <label className={row.label} htmlFor={controlId}>
          {label}
        </label>
      ) : (
        <span className={row.label}>{label}</span>
      )}
      <div className={classes.content}>{children}</div>
    </div>
  );
}
