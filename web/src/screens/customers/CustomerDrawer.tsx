// One customer beside the list: who it is, edited in place (L5), what was done here, and what can be done now. Also after
// somebody merged or deleted it, so that nothing typed is lost.
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconAddressBookOff, IconMail, IconPhone } from "@tabler/icons-react";
import { useMemo } from "react";
import { useAct } from "@/app/useAct";
import { useExplain, useMe, usePresence, useRecords } from "@/realtime/react";
import type { Customer } from "@/realtime/schema";
import { GoneNotice } from "@/record/GoneNotice";
import { LiveText } from "@/record/LiveText";
import { LiveTextarea } from "@/record/LiveTextarea";
import { RecordDrawer } from "@/record/RecordDrawer";
import { RefusedHere } from "@/record/RefusedHere";
import { Timeline } from "@/record/Timeline";
import { type Editing, useEditing } from "@/record/useEditing";
import { useLastRecord } from "@/record/useLastRecord";
import { Viewers } from "@/record/Viewers";
import { EmptyState } from "@/widgets/EmptyState";
import { RecordNumber } from "@/widgets/RecordNumber";
import drawer from "../lists/Drawer.module.css";
import { LiveTags } from "../lists/LiveTags";
import { CustomerActions } from "./CustomerActions";
import { CustomerHistory } from "./CustomerHistory";
import { tagsOf } from "./tags";

interface CustomerDrawerProps {
  number: string;
  onClose: () => void;
}

const FIELDS = ["name", "phone", "email", "address", "notes", "tags"] as const;
type Field = (typeof FIELDS)[number];

/** The drawer of the customer with this number. */
export function CustomerDrawer({ number, onClose }: CustomerDrawerProps) {
  const { record, gone } = useLastRecord("customers", number);
  if (record === undefined) return <Nobody onClose={onClose} />;
  return <Opened customer={record} gone={gone} onClose={onClose} />;
}

function Nobody({ onClose }: { onClose: () => void }) {
  return (
    <RecordDrawer label="Customer" title="Customer" onClose={onClose}>
      <EmptyState
        icon={<IconAddressBookOff size={28} stroke={1.5} />}
        title="No such customer"
        text="It may have been merged with another one, or deleted. Look it up by name."
      />
    </RecordDrawer>
  );
}

interface OpenedProps {
  customer: Customer;
  gone: ReturnType<typeof useLastRecord>["gone"];
  onClose: () => void;
}

function Opened({ customer, gone, onClose }: OpenedProps) {
  const me = useMe();
  const act = useAct();
  const { why } = useExplain("customers", customer.id);
  const editing = useEditing({
    plural: "customers",
    record: customer,
    fields: FIELDS,
    save: (changes, refused) => act("update_customer", { id: customer.id, ...changes }, { quiet: true, refused }),
    readOnly: gone ? "" : why("update_customer"),
  });
  const channel = `customers/${customer.id}`;
  usePresence(gone ? null : channel, me.id, { mode: editing.active ? "editing" : "viewing" });
  return (
    <RecordDrawer
      label={`Customer ${customer.name}`}
      title={<RecordNumber plural="customers" record={customer} className={drawer.number} />}
      tools={
        <>
          <Viewers channel={channel} />
          {!gone && <Reach customer={customer} />}
        </>
      }
      heading={<LiveText editing={editing} field="name" label="Name" large />}
      onClose={onClose}
      unsaved={editing.unsaved}
      actions={gone ? undefined : <CustomerActions customer={customer} onGone={onClose} />}
    >
      {gone && <GoneNotice gone={gone} noun="customer" record={customer} />}
      <RefusedHere plural="customers" id={customer.id} />
      <Fields editing={editing} />
      <CustomerHistory customerId={customer.id} />
      <div className={drawer.section}>
        <Timeline plural="customers" id={customer.id} closed={gone !== null} />
      </div>
    </RecordDrawer>
  );
}

function Fields({ editing }: { editing: Editing<Field> }) {
  const customers = useRecords("customers");
  const known = useMemo(() => tagsOf(customers), [customers]);
  return (
    <div className={drawer.fields}>
      <LiveText editing={editing} field="phone" label="Phone" inputMode="tel" maxLength={40} />
      <LiveText editing={editing} field="email" label="Email" inputMode="email" />
      <LiveTextarea editing={editing} field="address" label="Address" />
      <LiveTags editing={editing} field="tags" label="Tags" known={known} />
      <LiveTextarea editing={editing} field="notes" label="About them" placeholder="What everybody should know" />
    </div>
  );
}

/** One click to ring or to write: on a phone in the field it is what the drawer is opened for. */
function Reach({ customer: { name, phone, email } }: { customer: Customer }) {
  return (
    <>
      {phone && (
        <Tooltip label={`Ring ${phone}`} openDelay={400}>
          <ActionIcon
            component="a"
            href={`tel:${phone.replace(/[^\d+]/gu, "")}`}
            {...QUIET}
            aria-label={`Ring ${name}`}
          >
            <IconPhone size={18} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      {email && (
        <Tooltip label={`Write to ${email}`} openDelay={400}>
          <ActionIcon component="a" href={`mailto:${email}`} {...QUIET} aria-label={`Write to ${name}`}>
            <IconMail size={18} stroke={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
}

const QUIET = { variant: "subtle", color: "gray", size: "lg" } as const;
