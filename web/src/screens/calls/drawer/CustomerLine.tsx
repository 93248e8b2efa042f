// The customer of a call among ours: who it is, how to reach him, what else he has open, and choosing another.
import { Button, Popover } from "@mantine/core";
import { IconAddressBook, IconPhone } from "@tabler/icons-react";
import { useState } from "react";
import { Link, useLocation } from "react-router";
import { useClient, useRecord } from "@/realtime/react";
import type { Call } from "@/realtime/schema";
import { CustomerSelect } from "@/widgets/CustomerSelect";
import { numberOf } from "@/widgets/RecordNumber";
import classes from "./CallFields.module.css";
import type { CallEditing } from "./callFieldNames";
import { useOtherOpenCalls } from "./useOtherOpenCalls";

const MOST = 3;

/** The customer's record, his phone, his other open calls. */
export function CustomerLine({ call, editing }: { call: Call; editing: CallEditing }) {
  const customer = useRecord("customers", call.customer_id);
  const others = useOtherOpenCalls(call.customer_id, call.id);
  const mayChoose = editing.readOnly === null;
  if (!call.customer_phone && !customer && !mayChoose) return null;
  return (
    <div className={classes.line}>
      <span />
      <span className={classes.value}>
        {call.customer_phone && (
          <a className={classes.link} href={`tel:${call.customer_phone.replace(/[^\d+]/g, "")}`}>
            <IconPhone size={14} stroke={1.75} aria-hidden /> Call back
          </a>
        )}
        {customer && (
          <Link className={classes.link} to={{ pathname: `/customers/${customer.number || customer.id}` }}>
            <IconAddressBook size={14} stroke={1.75} aria-hidden /> History
          </Link>
        )}
        {mayChoose && <CustomerChoice editing={editing} isOurs={customer !== undefined} />}
      </span>
      {others.length > 0 && <OtherCalls calls={others} />}
    </div>
  );
}

/** What else he has open. */
function OtherCalls({ calls }: { calls: readonly Call[] }) {
  const { search } = useLocation();
  return (
    <>
      <span className={classes.label}>Also open</span>
      <span className={classes.value}>
        {calls.slice(0, MOST).map((call) => (
          <Link
            key={call.id}
            className={classes.link}
            title={call.title}
            to={{ pathname: `/calls/${call.number || call.id}`, search }}
          >
            {numberOf("calls", call)}
          </Link>
        ))}
        {calls.length > MOST && <span className={classes.quiet}>and {calls.length - MOST} more</span>}
      </span>
    </>
  );
}

/** Choosing another customer takes over the name, phone and address with him. */
function CustomerChoice({ editing, isOurs }: { editing: CallEditing; isOurs: boolean }) {
  const { records } = useClient();
  const [opened, setOpened] = useState(false);
  const choose = (id: string | null) => {
    setOpened(false);
    editing.put("customer_id", id);
    const customer = id ? records.getState().customers.get(id) : undefined;
    if (!customer) return;
    editing.put("customer_name", customer.name);
    editing.put("customer_phone", customer.phone);
    editing.put("customer_address", customer.address);
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
