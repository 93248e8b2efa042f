// Choosing a customer among thousands: by name, phone digits in any grouping, or email. Only the best few are listed.
import { Select, type SelectProps } from "@mantine/core";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { type RecordOf, useRecord, useRecords } from "@/realtime/react";
import { fold, matches } from "./matching";
import classes from "./selects.module.css";

type Customer = RecordOf<"customers">;

export interface CustomerSelectProps
  extends Omit<SelectProps, "data" | "value" | "onChange" | "searchValue" | "onSearchChange"> {
  value: string | null;
  onChange: (id: string | null) => void;
  /** The id of one that is not offered. */
  except?: string;
}

const SHOWN = 30;
const byName = (a: Customer, b: Customer) => a.name.localeCompare(b.name);

/** The first customers that match what was typed. */
export function findCustomers(customers: readonly Customer[], typed: string, limit = SHOWN): Customer[] {
  const wanted = fold(typed);
  const found: Customer[] = [];
  for (const customer of customers) {
    if (found.length === limit) break;
    if (matches(wanted, [customer.name, customer.email], [customer.phone])) found.push(customer);
  }
  return found;
}

/** A customer, found by typing. */
export function CustomerSelect({ value, onChange, except, ...rest }: CustomerSelectProps) {
  const [typed, setTyped] = useState("");
  const wanted = useDeferredValue(typed);
  const offered = useCallback((customer: Customer) => customer.id !== except, [except]);
  const customers = useRecords("customers", offered, byName);
  const chosen = useRecord("customers", value);
  const found = useMemo(() => {
    const list = findCustomers(customers, chosen && wanted === chosen.name ? "" : wanted);
    return chosen && !list.includes(chosen) ? [chosen, ...list] : list;
  }, [customers, chosen, wanted]);
  const byId = useMemo(() => new Map(found.map((customer) => [customer.id, customer])), [found]);
  return (
    <Select
      searchable
      clearable
      placeholder="Name, phone or email"
      nothingFoundMessage="No such customer"
      withScrollArea={false}
      classNames={{ options: classes.options }}
      {...rest}
      data={found.map(({ id, name }) => ({ value: id, label: name }))}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value}
      onChange={onChange}
      renderOption={({ option, checked }) => (
        <span className={classes.option} data-checked={checked || undefined}>
          <span className={classes.main} dir="auto">
            {option.label}
          </span>
          <span className={classes.aside}>{byId.get(option.value)?.phone ?? byId.get(option.value)?.email ?? ""}</span>
        </span>
      )}
    />
  );
}
