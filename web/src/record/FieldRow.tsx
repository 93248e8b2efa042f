// One line of a record: the name of the field, its control, and below it what concerns it now: who types there, what is
// wrong, what somebody else has changed.

import { clsx } from "clsx";
import type { ReactNode } from "react";
import { standing } from "@/app/fieldErrors";
import { FieldOffer } from "./FieldOffer";
import classes from "./FieldRow.module.css";
import type { Editing } from "./useEditing";

interface FieldRowProps<K extends string> {
  editing: Editing<K>;
  field: K;
  label: string;
  /** The id of the control, so that the label belongs to it. */
  controlId: string;
  /** A value of this field in words, for offers. */
  say?: (value: unknown) => string;
  /** Label above the control, over the whole width. */
  stacked?: boolean;
  /** The label is there for those who cannot see the place of the field only. */
  bare?: boolean;
  children: ReactNode;
}

const asText = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

/** A field with its label and its circumstances. */
export function FieldRow<K extends string>(props: FieldRowProps<K>) {
  const { editing, field, label, controlId, say = asText, stacked = false, bare = false, children } = props;
  const offer = editing.offer(field);
  return (
    <div className={clsx(classes.row, (stacked || bare) && classes.stacked)}>
      <label className={clsx(classes.label, bare && classes.bare)} htmlFor={controlId}>
        {label}
      </label>
      <div className={classes.control}>
        {children}
        <FieldCircumstances editing={editing} field={field} controlId={controlId} />
        {offer && (
          <FieldOffer
            label={label.toLowerCase()}
            offer={offer}
            say={say}
            onKeep={() => editing.keep(field)}
            onTake={() => editing.take(field)}
          />
        )}
      </div>
    </div>
  );
}

interface CircumstancesProps<K extends string> {
  editing: Editing<K>;
  field: K;
  controlId: string;
}

/** What is wrong with a field, and who else types in it. */
function FieldCircumstances<K extends string>({ editing, field, controlId }: CircumstancesProps<K>) {
  const fault = editing.fault(field);
  const typists = editing.typists(field);
  return (
    <>
      {fault && (
        <div id={`${controlId}-fault`} className={classes.fault} role="alert">
          {standing(fault)}
        </div>
      )}
      {typists.length > 0 && (
        <div className={classes.typing} aria-live="polite">
          <bdi>{typists.join(", ")}</bdi> {typists.length > 1 ? "are" : "is"} typing…
        </div>
      )}
    </>
  );
}
