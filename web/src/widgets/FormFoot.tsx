// The end of a form: something on the left, the buttons on the right. On a phone the buttons stay in sight while the form
// scrolls beneath them, so that saving is never out of reach (U3).
import type { ReactNode } from "react";
import classes from "./FormFoot.module.css";

export interface FormFootProps {
  /** Stands before the buttons; on a phone above them, and scrolls with the form. */
  aside?: ReactNode;
  /** The buttons, the primary one last. */
  children: ReactNode;
}

/** The foot of a form that stands in a dialog. */
export function FormFoot({ aside, children }: FormFootProps) {
  return (
    <div className={classes.foot}>
      <div className={classes.aside}>{aside}</div>
      <div className={classes.buttons}>{children}</div>
    </div>
  );
}
