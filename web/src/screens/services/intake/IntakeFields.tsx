// The fields of an intake in the order of the counter: whose, what, what is wrong with it, what came with it, by when.
import { Checkbox, NumberInput, Select, Textarea, TextInput } from "@mantine/core";
import { useMemo } from "react";
import { useMe } from "@/realtime/react";
import { CategorySelect } from "@/widgets/CategorySelect";
import { daysBetween } from "../days";
import { currencies, digitsOf } from "../money";
import { whyNoPrices } from "../serviceFields";
import { useToday } from "../useToday";
import { AccessoriesField } from "./AccessoriesField";
import { CustomerField } from "./CustomerField";
import { DayField } from "./DayField";
import type { Intake } from "./intake";
import styles from "./NewService.module.css";
import type { IntakeForm } from "./useIntake";

export interface IntakeFieldsProps {
  form: IntakeForm;
  faults: Partial<Record<keyof Intake, string>>;
  /** A field was changed: what was wrong with it is said no longer. */
  onChanged: (fields: readonly string[]) => void;
}

/** Everything one may say of a device handed in. */
export function IntakeFields({ form, faults, onChanged }: IntakeFieldsProps) {
  const { intake, defaults } = form;
  const set = (change: Partial<Intake>) => {
    form.set(change);
    onChanged(Object.keys(change));
  };
  const text = (field: TextFieldName) => ({
    value: intake[field],
    error: faults[field],
    dir: "auto" as const,
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => set({ [field]: event.currentTarget.value }),
  });
  return (
    <>
      <div className={styles.pair}>
        <CustomerField
          name={intake.customer_name}
          customerId={intake.customer_id}
          error={faults.customer_name ?? faults.customer_id}
          onName={(customer_name) => set({ customer_name })}
          onCustomer={(customer) => {
            form.setCustomer(customer);
            onChanged(["customer_name", "customer_id", "customer_phone"]);
          }}
        />
        <TextInput label="Phone" type="tel" maxLength={40} {...text("customer_phone")} />
      </div>
      {intake.customer_id === null && intake.customer_name.trim() !== "" && (
        <Checkbox
          size="xs"
          label="Keep as a customer"
          checked={intake.keep_customer}
          onChange={(event) => set({ keep_customer: event.currentTarget.checked })}
        />
      )}
      <div className={styles.pair}>
        <CategorySelect
          plural="service_categories"
          label="Category"
          value={intake.category_id}
          error={faults.category_id}
          onChange={(id) => {
            form.setCategory(id);
            onChanged(["category_id", "device_type", "promised_on"]);
          }}
        />
        <TextInput label="Device" withAsterisk maxLength={200} {...text("device_type")} />
      </div>
      <div className={styles.three}>
        <TextInput label="Brand" maxLength={200} list="usual-brands" {...text("brand")} />
        <TextInput label="Model" maxLength={200} {...text("model")} />
        <TextInput label="Serial no." maxLength={100} spellCheck={false} {...text("serial_number")} />
      </div>
      <datalist id="usual-brands">
        {defaults.brands.map((brand) => (
          <option key={brand} value={brand} />
        ))}
      </datalist>
      <Textarea
        label="Reported fault"
        placeholder="In the customer's own words"
        withAsterisk
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4000}
        {...text("reported_fault")}
      />
      <div className={styles.pair}>
        <Textarea
          label="Condition"
          placeholder="Scratches, dents, missing parts"
          autosize
          minRows={1}
          maxRows={6}
          maxLength={4000}
          {...text("condition")}
        />
        <AccessoriesField
          value={intake.accessories}
          usual={defaults.accessories}
          error={faults.accessories}
          onChange={(accessories) => set({ accessories })}
        />
      </div>
      <div className={styles.pair}>
        <PromisedField form={form} fault={faults.promised_on} onDay={(promised_on) => set({ promised_on })} />
        <EstimateField intake={intake} fault={faults.estimate ?? faults.currency} set={set} />
      </div>
    </>
  );
}

type TextFieldName =
  | "customer_phone"
  | "device_type"
  | "brand"
  | "model"
  | "serial_number"
  | "reported_fault"
  | "condition";

interface PromisedFieldProps {
  form: IntakeForm;
  fault: string | undefined;
  onDay: (day: string | null) => void;
}

function PromisedField({ form: { intake, filled }, fault, onDay }: PromisedFieldProps) {
  const today = useToday();
  const day = filled.promised_on ?? null;
  const isUsual = day !== null && intake.promised_on === day;
  return (
    <DayField
      label="Promised"
      placeholder="Nothing promised"
      value={intake.promised_on}
      error={fault}
      onChange={onDay}
      {...(isUsual ? { description: `Usual for this category: ${inDays(daysBetween(today, day))}` } : {})}
    />
  );
}

const inDays = (days: number) => (days === 0 ? "the same day" : days === 1 ? "the next day" : `in ${days} days`);

interface EstimateFieldProps {
  intake: Intake;
  fault: string | undefined;
  set: (change: Partial<Intake>) => void;
}

function EstimateField({ intake, fault, set }: EstimateFieldProps) {
  const why = whyNoPrices(useMe());
  const all = useMemo(() => currencies(intake.currency), [intake.currency]);
  if (why !== null) return null;
  return (
    <div className={styles.money}>
      <NumberInput
        label="Estimate"
        value={intake.estimate}
        error={fault}
        decimalScale={digitsOf(intake.currency)}
        allowedDecimalSeparators={[".", ","]}
        allowNegative={false}
        max={1e12}
        hideControls
        inputMode="decimal"
        onChange={(estimate) => set({ estimate })}
      />
      <Select
        aria-label="Currency"
        searchable
        allowDeselect={false}
        data={all}
        value={intake.currency}
        onChange={(currency) => currency !== null && set({ currency })}
      />
    </div>
  );
}
