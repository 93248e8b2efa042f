// Editing a record in place, field by field: a live form (L5) whose fields are saved on their own as one leaves them.
// What was typed is never lost: a refused save leaves it standing with what is wrong beside it, and a field that somebody
// else changed meanwhile waits for "keep yours" or "take theirs" before it is saved.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { CommandName, Outcome, Plural, RecordOf, Refusal } from "@/realtime";
import { type Changes, type LiveForm, type Offer, type Typist, useLiveForm, useTyping } from "@/realtime/react";

/** The fields of a record under somebody's hands, as the live fields take it. */
export interface Editing<K extends string = string> {
  value(field: K): unknown;
  /** Enters a value and leaves it unsaved: typing. */
  enter(field: K, value: unknown): void;
  /** Enters a value and saves it: choosing. */
  put(field: K, value: unknown): void;
  /** Saves the field if there is something to save and nobody waits for a word about it. */
  save(field: K): void;
  /** Back to the record as it stands. */
  revert(field: K): void;
  focus(field: K): void;
  blur(field: K): void;
  keep(field: K): void;
  take(field: K): void;
  offer(field: K): Offer<K> | undefined;
  fault(field: K): string | undefined;
  /** The names of the others who type in this field. */
  typists(field: K): readonly string[];
  isDirty(field: K): boolean;
  /** Why nothing here may be changed, as the server says it; null where it may. */
  readOnly: string | null;
  /** Somebody's hands are in a field. */
  active: boolean;
  /** Something typed is neither saved nor on its way. */
  unsaved: boolean;
}

/**
 * Sends changed fields, mostly `(changes, refused) => act("update_call", { id, ...changes }, { refused })`. A refusal is
 * first shown to `refused`, which answers whether it stands beside its field; null when it was refused.
 */
export type SaveChanges<P extends Plural, K extends keyof RecordOf<P> & string> = (
  changes: Changes<P, K>,
  refused: (refusal: Refusal) => boolean,
) => Promise<Outcome<CommandName> | null>;

interface Options<P extends Plural, K extends keyof RecordOf<P> & string> {
  plural: P;
  record: RecordOf<P>;
  /** A constant list. */
  fields: readonly K[];
  save: SaveChanges<P, K>;
  readOnly?: string | null;
}

/** Edits the record's fields in place. */
export function useEditing<P extends Plural, K extends keyof RecordOf<P> & string>({
  plural,
  record,
  fields,
  save: send,
  readOnly = null,
}: Options<P, K>): Editing<K> {
  const form = useLiveForm(plural, record, fields);
  const { typists, typing, stopped } = useTyping(`${plural}/${record.id}`);
  const [focused, setFocused] = useState<K | null>(null);
  const { save, sending } = useSaving(form, send);

  return useMemo(() => {
    const isDirty = (field: K) => form.dirty.has(field);
    return {
      value: (field) => form.values[field],
      enter: (field, value) => {
        form.set(field, value as RecordOf<P>[K]);
        typing(field);
      },
      put: (field, value) => {
        form.set(field, value as RecordOf<P>[K]);
        save(field);
      },
      save: (field) => {
        stopped();
        save(field);
      },
      revert: (field) => {
        stopped();
        form.reset([field]);
      },
      focus: (field) => {
        setFocused(field);
        form.focus(field);
      },
      blur: (field) => {
        setFocused((now) => (now === field ? null : now));
        stopped();
        form.blur();
        save(field);
      },
      keep: (field) => {
        form.keep(field);
        save(field);
      },
      take: form.take,
      offer: form.offer,
      fault: (field) => form.errors[field],
      typists: (field) => namesIn(typists, field),
      isDirty,
      readOnly,
      active: focused !== null || form.isDirty,
      unsaved: fields.some((field) => isDirty(field) && !sending.has(field)),
    };
  }, [form, fields, focused, readOnly, save, sending, stopped, typing, typists]);
}

const namesIn = (typists: readonly Typist[], field: string): readonly string[] =>
  typists.filter((typist) => typist.field === field).map((typist) => typist.user.name);

/** Saves fields, those of one moment in one command, once the form holds what was entered. Nothing is sent twice at once. */
function useSaving<P extends Plural, K extends keyof RecordOf<P> & string>(
  form: LiveForm<P, K>,
  send: SaveChanges<P, K>,
) {
  const [wanted, setWanted] = useState<readonly K[]>([]);
  const [sending, setSending] = useState<ReadonlyMap<K, unknown>>(new Map());
  const newest = useRef({ form, send, sending });
  useEffect(() => {
    newest.current = { form, send, sending };
  });

  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);

  const sendFields = useCallback(async (asked: readonly K[]) => {
    const { form, send, sending } = newest.current;
    // What is on its way, or was refused and not changed since, is not sent again.
    const isSent = (field: K) => sending.has(field) && sending.get(field) === form.values[field];
    const isSettled = (field: K) => isSent(field) || form.errors[field] !== undefined;
    const fields = asked.filter((field) => form.dirty.has(field) && !form.offer(field) && !isSettled(field));
    if (fields.length === 0) return;
    const sent = new Map(fields.map((field) => [field, form.values[field] as unknown]));
    setSending((now) => new Map([...now, ...sent]));
    const refused = (refusal: Refusal) => {
      form.refused(refusal);
      // Where the record was closed meanwhile, nothing stands beside its field.
      if (!shown.current) return false;
      return refusal.changes !== undefined || fields.some((field) => refusal.fields?.[field] !== undefined);
    };
    try {
      const outcome = await send(form.changes(fields), refused);
      if (outcome?.state === "held") form.sent(fields);
    } finally {
      setSending((now) => new Map([...now].filter(([field, value]) => sent.get(field) !== value)));
    }
  }, []);

  useEffect(() => {
    if (wanted.length === 0) return;
    setWanted([]);
    void sendFields(wanted);
  }, [wanted, sendFields]);

  const save = useCallback((field: K) => setWanted((now) => (now.includes(field) ? now : [...now, field])), []);
  return { save, sending };
}
