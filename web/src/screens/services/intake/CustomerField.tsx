// Whose device it is: a name as it is said, or one of our customers, found while typing by name or by the digits of the
// telephone (U2).
import { Combobox, Pill, TextInput, useCombobox } from "@mantine/core";
import { useMemo } from "react";
import { useRecord, useRecords } from "@/realtime/react";
import type { Customer } from "@/realtime/schema";
import { findCustomers } from "@/screens/calls/drawer/customerSearch";
import styles from "./NewService.module.css";

export interface CustomerFieldProps {
  name: string;
  customerId: string | null;
  error?: string | undefined;
  onName: (name: string) => void;
  onCustomer: (customer: Customer | null) => void;
}

/** The name, with those of our customers that it may be. */
export function CustomerField({ name, customerId, error, onName, onCustomer }: CustomerFieldProps) {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const customers = useRecords("customers");
  const chosen = useRecord("customers", customerId);
  const found = useMemo(() => (chosen ? [] : findCustomers(customers, name)), [customers, name, chosen]);
  const choose = (id: string) => {
    onCustomer(found.find((customer) => customer.id === id) ?? null);
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md">
      <Combobox.Target>
        <TextInput
          data-autofocus
          label="Customer"
          placeholder="Name or phone"
          withAsterisk
          maxLength={200}
          dir="auto"
          autoComplete="off"
          value={name}
          error={error}
          onChange={(event) => {
            onName(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          rightSectionWidth="auto"
          rightSection={
            chosen && (
              <Pill
                withRemoveButton
                mr={8}
                onRemove={() => onCustomer(null)}
                removeButtonProps={{ "aria-label": "Not this customer" }}
              >
                our customer
              </Pill>
            )
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={found.length === 0}>
        <Combobox.Options>
          {found.map((customer) => (
            <Combobox.Option key={customer.id} value={customer.id}>
              <span className={styles.option}>
                <span dir="auto">{customer.name}</span>
                <span className={styles.aside}>{customer.phone ?? customer.email}</span>
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
