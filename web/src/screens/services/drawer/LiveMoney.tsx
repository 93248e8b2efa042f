// An amount of money of a repair: typed as people write it, kept in minor units, saved as one leaves it (L5).
import { NumberInput } from "@mantine/core";
import { useId } from "react";
import { FieldRow } from "@/record/FieldRow";
import { liveControl, typingKeys } from "@/record/liveControl";
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
  return (
    <FieldRow editing={editing} field={field} label={label} controlId={id} say={say}>
      {editing.readOnly === null ? (
        <NumberInput
          {...liveControl(editing, field, id)}
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
          onChange={(typed) => {
            const now = minorOf(typed, currency);
            if (now !== minor) editing.enter(field, now);
          }}
          onKeyDown={typingKeys(editing, field, () => true)}
        />
      ) : (
        <ReadValue id={id} why={editing.readOnly}>
          {say(minor)}
        </ReadValue>
      )}
    </FieldRow>
  );
}
