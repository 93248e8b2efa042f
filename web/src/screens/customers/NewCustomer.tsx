// Adding a customer. Whoever is known already under that name or number is shown while one types, so that nobody is
// written down twice.
import { Anchor, Button, Group, Modal, Stack, TagsInput, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMemo } from "react";
import { Link, useNavigate } from "react-router";
import { fieldErrors } from "@/app/fieldErrors";
import { Refusal } from "@/realtime";
import { useCommand, useRecords } from "@/realtime/react";
import type { Customer } from "@/realtime/schema";
import { FormError } from "../lists/FormError";
import { alike } from "./alike";
import { tagsOf } from "./tags";

const LABELS = {
  name: "The name",
  phone: "The phone",
  email: "The email",
  address: "The address",
  notes: "The notes",
  tags: "Each tag",
};

/** The dialog. */
export default function NewCustomer({ onClose }: { onClose: () => void }) {
  const create = useCommand("create_customer");
  const navigate = useNavigate();
  const customers = useRecords("customers");
  const form = useForm({
    initialValues: { name: "", phone: "", email: "", address: "", notes: "", tags: [] as string[] },
  });
  const known = useMemo(() => tagsOf(customers), [customers]);
  const submit = form.onSubmit(async ({ name, tags, ...rest }) => {
    const optional = Object.fromEntries(Object.entries(rest).map(([field, text]) => [field, text.trim() || null]));
    try {
      const outcome = await create.run({ name, tags, ...optional });
      onClose();
      const made = outcome.state === "acknowledged" ? outcome.ack.data : null;
      if (made) navigate(`/customers/${made.number}`);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      form.setErrors(fieldErrors(refusal.fields ?? {}, LABELS));
    }
  });
  return (
    <Modal opened onClose={onClose} title="Add a customer" closeButtonProps={{ "aria-label": "Close" }}>
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
          <FormError error={create.error} />
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
    </Modal>
  );
}

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
