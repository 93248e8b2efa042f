// A category's fields: for a new one, and for one that others may be changing too (L5).

import { Button, ColorInput, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { fieldErrors } from "@/app/fieldErrors";
import { Refusal } from "@/realtime";
import { useCommand, useLiveForm } from "@/realtime/react";
import type { Category } from "@/realtime/schema";
import { FieldOffer } from "@/record/FieldOffer";
import { Dialog } from "@/widgets/Dialog";
import { fieldWord } from "@/widgets/words";
import { FormError } from "../lists/FormError";
import { IconPicker } from "./IconPicker";
import { type AnyCategory, KINDS, type Kind } from "./kinds";

const FIELDS = ["name", "description", "colour", "icon"] as const;
type Field = (typeof FIELDS)[number];
type Values = Pick<Category, Field>;

const LABELS = { name: "The name", description: "The description", colour: "The colour", icon: "The sign" };

/** Twelve that tell apart in both themes; any other can be typed. */
const COLOURS = ["#e03131", "#e8590c", "#f08c00", "#66a80f", "#2f9e44", "#099268", "#0c8599", "#1971c2", "#3b5bdb", "#6741d9", "#c2255c", "#868e96"]; // biome-ignore format: one row of swatches

interface FormProps {
  kind: Kind;
  onClose: () => void;
}

/** Adds a category, after the others. */
export function NewCategory({ kind, onClose }: FormProps) {
  const create = useCommand(KINDS[kind].create);
  const [values, setValues] = useState<Values>({
    name: "",
    description: null,
    colour: COLOURS[7] ?? "#1971c2",
    icon: null,
  });
  const submit = async () => {
    try {
      await create.run(values);
      onClose();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
    }
  };
  return (
    <Frame
      title={`Add a category of ${KINDS[kind].title.toLowerCase()}`}
      verb="Add"
      busy={create.busy}
      onSubmit={submit}
      onClose={onClose}
    >
      <Fields
        values={values}
        onChange={(field, value) => setValues((now) => ({ ...now, [field]: value }))}
        errors={create.error?.fields ?? {}}
      />
      <FormError error={create.error} />
    </Frame>
  );
}

/** Changes one; what others change meanwhile is offered beside the field. */
export function EditCategory({ kind, category, onClose }: FormProps & { category: AnyCategory }) {
  const form = useLiveForm(kind, category, FIELDS);
  const update = useCommand(KINDS[kind].update);
  const [error, setError] = useState<Refusal | null>(null);
  const submit = async () => {
    if (!form.isDirty) return onClose();
    setError(null);
    const changes = { id: category.id, ...form.changes() };
    try {
      await update.run(changes);
      onClose();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      form.refused(refusal);
      setError(refusal);
    }
  };
  return (
    <Frame title="Edit category" verb="Save" busy={update.busy} onSubmit={submit} onClose={onClose}>
      <Fields
        values={form.values}
        onChange={(field, value) => form.set<Field>(field, value)}
        errors={form.errors}
        onFocus={form.focus}
        onBlur={form.blur}
        beside={(field) => {
          const offer = form.offer(field);
          return (
            offer && (
              <FieldOffer
                label={fieldWord(kind, field)}
                offer={offer}
                say={String}
                onKeep={() => form.keep(field)}
                onTake={() => form.take(field)}
              />
            )
          );
        }}
      />
      <FormError error={error} />
    </Frame>
  );
}

interface FrameProps {
  title: string;
  verb: string;
  busy: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

function Frame({ title, verb, busy, onSubmit, onClose, children }: FrameProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {children}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {verb}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  values: Values;
  onChange: <F extends Field>(field: F, value: Values[F]) => void;
  errors: Readonly<Partial<Record<Field, string>>>;
  onFocus?: (field: Field) => void;
  onBlur?: () => void;
  beside?: (field: Field) => ReactNode;
}

function Fields({ values, onChange, errors, onFocus, onBlur, beside }: FieldsProps) {
  const common = (field: Field) => ({
    error: errors[field] && fieldErrors({ [field]: errors[field] }, LABELS)[field],
    onFocus: () => onFocus?.(field),
    onBlur: () => onBlur?.(),
  });
  return (
    <>
      <TextInput
        label="Name"
        required
        data-autofocus
        dir="auto"
        maxLength={200}
        value={values.name}
        onChange={(event) => onChange("name", event.currentTarget.value)}
        {...common("name")}
      />
      {beside?.("name")}
      <Textarea
        label="Description"
        dir="auto"
        autosize
        minRows={2}
        maxRows={6}
        value={values.description ?? ""}
        onChange={(event) => onChange("description", event.currentTarget.value || null)}
        {...common("description")}
      />
      {beside?.("description")}
      <ColorInput
        label="Colour"
        format="hex"
        swatches={COLOURS}
        swatchesPerRow={6}
        withEyeDropper={false}
        value={values.colour}
        onChange={(colour) => onChange("colour", colour)}
        {...common("colour")}
      />
      {beside?.("colour")}
      <IconPicker value={values.icon} colour={values.colour} onChange={(icon) => onChange("icon", icon)} />
      {beside?.("icon")}
    </>
  );
}
