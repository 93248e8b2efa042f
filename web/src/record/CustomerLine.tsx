// The customer of a call or a repair among ours: how to reach him, his history, and choosing another.
import { Button, Popover } from "@mantine/core";
import { IconAddressBook, IconPhone } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useClient, useRecord } from "@/realtime/react";
import { CustomerSelect } from "@/widgets/CustomerSelect";
import classes from "./Drawer.module.css";
import { Line } from "./Line";
import type { Editing } from "./useEditing";

// What a record writes down of its customer, and where he has it.
const OF_CUSTOMER = { customer_name: "name", customer_phone: "phone", customer_address: "address" } as const;
type OfCustomer = keyof typeof OF_CUSTOMER;

interface CustomerChoiceProps<K extends OfCustomer> {
  editing: Pick<Editing<NoInfer<K> | "customer_id">, "value" | "put" | "readOnly">;
  /** What comes with another customer; a constant list. */
  takes: readonly K[];
}

interface CustomerLineProps<K extends OfCustomer> extends CustomerChoiceProps<K> {
  record: { customer_id: string | null; customer_phone: string | null };
}

/** Call him, see his history, or choose another. */
export function CustomerLine<K extends OfCustomer>({ record, editing, takes }: CustomerLineProps<K>) {
  const customer = useRecord("customers", record.customer_id);
  const mayChoose = editing.readOnly === null;
  if (!record.customer_phone && !customer && !mayChoose) return null;
  return (
    <Line>
      {record.customer_phone && (
        <a className={classes.link} href={`tel:${record.customer_phone.replace(/[^\d+]/g, "")}`}>
          <IconPhone size={14} stroke={1.75} aria-hidden /> Call back
        </a>
      )}
      {customer && (
        <Link className={classes.link} to={`/customers/${customer.number || customer.id}`}>
          <IconAddressBook size={14} stroke={1.75} aria-hidden /> History
        </Link>
      )}
      {mayChoose && <CustomerChoice editing={editing} takes={takes} isOurs={customer !== undefined} />}
    </Line>
  );
}

/** Choosing another customer takes over his name and what else is written down of him. */
function CustomerChoice<K extends OfCustomer>(props: CustomerChoiceProps<K> & { isOurs: boolean }) {
  const { editing, takes, isOurs } = props;
  const { records } = useClient();
  const [opened, setOpened] = useState(false);
  const choose = (id: string | null) => {
    setOpened(false);
    editing.put("customer_id", id);
    const customer = id ? records.getState().customers.get(id) : undefined;
    if (!customer) return;
    for (const field of takes) editing.put(field, customer[OF_CUSTOMER[field]]);
  };
  return (
    <Popover opened={opened} onChange={setOpened} width={300} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-xs" variant="subtle" onClick={() => setOpened((now) => !now)}>
          {isOurs ? "Change" : "Find among ours"}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8} aria-label="Choose a customer">
        <CustomerSelect
          data-autofocus
          aria-label="Customer"
          comboboxProps={{ withinPortal: false }}
          value={(editing.value("customer_id") as string | null) ?? null}
          onChange={choose}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
