// Adding a customer. Whoever is known already under that name or number is shown while one types, so that nobody is
// written down twice.

import { Anchor, Button, Group, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMemo } from "react";
import { Link, useNavigate } from "react-router";
import { fieldErrors } from "@/app/fieldErrors";
import { dropMended } from "@/app/mending";
import { type Entry, Refusal } from "@/realtime";
import { useClient, useCommand, useRecords } from "@/realtime/react";
import type { Customer } from "@/realtime/schema";
import { Dialog } from "@/widgets/Dialog";
import { FormError } from "../lists/FormError";
import { alike } from "./alike";
import { tagsOf } from "./tags";

const EMPTY = { name: "", phone: "", email: "", address: "", notes: "", tags: [] as string[] };

const LABELS = {
  name: "The name",
  phone: "The phone",
  email: "The email",
  address: "The address",
  notes: "The notes",
  tags: "Each tag",
};

interface NewCustomerProps {
  onClose: () => void;
  /** The refused one that is entered anew (L4). */
  mend?: Entry;
}

/** The dialog. */
export default function NewCustomer({ onClose, mend }: NewCustomerProps) {
  const client = useClient();
  const create = useCommand("create_customer");
  const navigate = useNavigate();
  const customers = useRecords("customers");
  const form = useForm({
    initialValues: { ...EMPTY, ...writtenIn(mend) },
    initialErrors: fieldErrors(mend?.refusal?.fields ?? {}, LABELS),
  });
  const known = useMemo(() => tagsOf(customers), [customers]);
  const submit = form.onSubmit(async ({ name, tags, ...rest }) => {
    const optional = Object.fromEntries(Object.entries(rest).map(([field, text]) => [field, text.trim() || null]));
    try {
      const outcome = await create.run({ ...sameId(mend), name, tags, ...optional });
      if (mend) dropMended(client, [], mend.op_id);
      onClose();
      const made = outcome.state === "acknowledged" ? outcome.ack.data : null;
      if (made) navigate(`/customers/${made.number}`);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      form.setErrors(fieldErrors(refusal.fields ?? {}, LABELS));
    }
  });
  return (
    <Dialog onClose={onClose} title="Add a customer">
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            label="Name"
            required
            data-autofocus
            dir="auto"
            autoComplete="off"
            maxLength={200}
            {...form.getInputProps("name")}
          />
          <TextInput label="Phone" type="tel" autoComplete="off" maxLength={40} {...form.getInputProps("phone")} />
          <Known people={alike(customers, form.values.name, form.values.phone)} onClose={onClose} />
          <TextInput label="Email" type="email" autoComplete="off" {...form.getInputProps("email")} />
          <Textarea label="Address" dir="auto" autosize minRows={2} maxRows={5} {...form.getInputProps("address")} />
          <TagsInput label="Tags" placeholder="Type one, press Enter" data={known} {...form.getInputProps("tags")} />
          <Textarea label="About them" dir="auto" autosize minRows={2} maxRows={6} {...form.getInputProps("notes")} />
          <FormError error={create.error ?? (create.busy ? null : (mend?.refusal ?? null))} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={create.busy}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** What was written before it was refused. */
function writtenIn(mend: Entry | undefined): Partial<typeof EMPTY> {
  const said = Object.entries(mend?.payload ?? {}).filter(([field, value]) => field in EMPTY && value !== null);
  return Object.fromEntries(said);
}

/** Under the id it had: what names it waits in the outbox, perhaps. */
const sameId = (mend: Entry | undefined) =>
  typeof mend?.payload.id === "string" && mend.refusal?.code !== "taken" ? { id: mend.payload.id } : {};

function Known({ people, onClose }: { people: readonly Customer[]; onClose: () => void }) {
  return (
    <div aria-live="polite">
      {people.length > 0 && (
        <Text size="sm">
          Known already:{" "}
          {people.map((customer, index) => (
            <span key={customer.id}>
              {index > 0 && ", "}
              <Anchor component={Link} to={`/customers/${customer.number}`} onClick={onClose}>
                <bdi>{customer.name}</bdi>
              </Anchor>
              {customer.phone && ` ${customer.phone}`}
            </span>
          ))}
        </Text>
      )}
    </div>
  );
}
