// Why something that was entered was not taken, above the fields of a form.
import { IconAlertCircle } from "@tabler/icons-react";
import classes from "./Refused.module.css";

/** The sentence, read aloud as it appears; nothing where there is none. */
export function Refused({ why }: { why: string | null }) {
  if (why === null) return null;
  return (
    <div role="alert" className={classes.refused}>
      <IconAlertCircle size={18} stroke={1.6} aria-hidden="true" />
      <span>{why}</span>
    </div>
  );
}
