// An amount of money of a repair: typed as people write it, kept in minor units, saved as one leaves it (L5).
import { NumberInput } from "@mantine/core";
import { type KeyboardEvent, useId } from "react";
import { FieldRow } from "@/record/FieldRow";
import quiet from "@/record/quiet.module.css";
import { ReadValue } from "@/record/ReadValue";
import { digitsOf, majorOf, minorOf, showMoney } from "../money";
import type { ServiceEditing } from "../serviceFields";

interface LiveMoneyProps {
  editing: ServiceEditing;
  field: "estimate_minor" | "price_minor";
  label: string;
  currency: string;
}

const MOST_MINOR = 2 ** 53 - 1;

/** One amount. */
export function LiveMoney({ editing, field, label, currency }: LiveMoneyProps) {
  const id = useId();
  const minor = (editing.value(field) as number | null) ?? null;
  const say = (of: unknown) => (typeof of === "number" ? showMoney(of, currency) : "");
  const keys = (event: KeyboardEvent) => {
    if (event.key === "Enter") editing.save(field);
    if (event.key === "Escape" && editing.isDirty(field)) {
      event.stopPropagation();
      editing.revert(field);
    }
  };
  return (
    <FieldRow editing={editing} field={field} label={label} controlId={id} say={say}>
      {editing.readOnly === null ? (
        <NumberInput
          id={id}
          data-field={field}
          variant="unstyled"
          classNames={{ input: quiet.input ?? "" }}
          value={minor === null ? "" : majorOf(minor, currency)}
          placeholder="None"
          prefix={`${currency} `}
          decimalScale={digitsOf(currency)}
          fixedDecimalScale
          allowedDecimalSeparators={[".", ","]}
          thousandSeparator=" "
          allowNegative={false}
          max={majorOf(MOST_MINOR, currency)}
          clampBehavior="strict"
          hideControls
          inputMode="decimal"
          aria-invalid={editing.fault(field) !== undefined}
          onChange={(typed) => {
            const now = minorOf(typed, currency);
            if (now !== minor) editing.enter(field, now);
          }}
          onFocus={() => editing.focus(field)}
          onBlur={() => editing.blur(field)}
          onKeyDown={keys}
        />
      ) : (
        <ReadValue id={id} why={editing.readOnly}>
          {say(minor)}
        </ReadValue>
      )}
    </FieldRow>
  );
}
