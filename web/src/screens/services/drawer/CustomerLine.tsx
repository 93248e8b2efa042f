// The customer of a repair among ours: how to reach him, his history, and choosing another.
import { Button, Popover } from "@mantine/core";
import { IconAddressBook, IconPhone } from "@tabler/icons-react";
import { useState } from "react";
import { Link } from "react-router";
import { useClient, useRecord } from "@/realtime/react";
import type { Service } from "@/realtime/schema";
import { CustomerSelect } from "@/widgets/CustomerSelect";
import type { ServiceEditing } from "../serviceFields";
import styles from "./Drawer.module.css";
import { Line } from "./Line";

interface CustomerLineProps {
  service: Service;
  editing: ServiceEditing;
}

/** Call him, see his history, or link the repair to a customer. */
export function CustomerLine({ service, editing }: CustomerLineProps) {
  const customer = useRecord("customers", service.customer_id);
  if (!service.customer_phone && !customer && editing.readOnly !== null) return null;
  return (
    <Line>
      {service.customer_phone && (
        <a className={styles.link} href={`tel:${service.customer_phone.replace(/[^\d+]/g, "")}`}>
          <IconPhone size={14} stroke={1.75} aria-hidden /> Call
        </a>
      )}
      {customer && (
        <Link className={styles.link} to={`/customers/${customer.number || customer.id}`}>
          <IconAddressBook size={14} stroke={1.75} aria-hidden /> History
        </Link>
      )}
      {editing.readOnly === null && <CustomerChoice editing={editing} isOurs={customer !== undefined} />}
    </Line>
  );
}

/** Choosing another customer takes over the name and the phone with him. */
function CustomerChoice({ editing, isOurs }: { editing: ServiceEditing; isOurs: boolean }) {
  const { records } = useClient();
  const [opened, setOpened] = useState(false);
  const choose = (id: string | null) => {
    setOpened(false);
    editing.put("customer_id", id);
    const customer = id ? records.getState().customers.get(id) : undefined;
    if (!customer) return;
    editing.put("customer_name", customer.name);
    editing.put("customer_phone", customer.phone);
  };
  return (
    <Popover opened={opened} onChange={setOpened} width={300} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-xs" variant="subtle" onClick={() => setOpened((now) => !now)}>
          {isOurs ? "Other customer" : "Link to a customer"}
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
