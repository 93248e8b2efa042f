// A form over a live record (WEB L5) for React: liveForm.ts with the record, its events and the person's hands bound.
import { useCallback, useEffect, useMemo, useReducer } from "react";
import type { Meta, Plural, RecordOf, Refusal } from "@/realtime";
import type { FormState, Offer } from "./liveForm";
import * as form from "./liveForm";
import { useClient } from "./RealtimeProvider";
import { usePending } from "./useHeld";

type Step<K extends string> = (state: FormState<K>) => FormState<K>;

/** The fields of a form that are to be sent, and the version that they are based on. */
export type Changes<P extends Plural, K extends keyof RecordOf<P>> = Partial<Pick<RecordOf<P>, K>> & {
  expected_version: number;
};

/** A form that lives beside other people's changes. */
export interface LiveForm<P extends Plural, K extends keyof RecordOf<P> & string> {
  /** What the fields show. */
  values: Pick<RecordOf<P>, K>;
  set<F extends K>(field: F, value: RecordOf<P>[F]): void;
  /** The fields with something entered that is not saved. */
  dirty: ReadonlySet<K>;
  isDirty: boolean;
  /** Live changes of fields that are being edited, waiting for the person's word. */
  offers: readonly Offer<K>[];
  offer(field: K): Offer<K> | undefined;
  /** Keep yours. */
  keep(field: K): void;
  /** Take theirs. */
  take(field: K): void;
  /** Only the dirty fields (of these, where some are named), and `expected_version`. */
  changes(fields?: readonly K[]): Changes<P, K>;
  /** What the server found wrong with a field. */
  errors: Readonly<Partial<Record<K, string>>>;
  /** A field with the focus is being edited, changed or not. */
  focus(field: K): void;
  blur(): void;
  /** Back to the record as it stands (of these fields, where some are named). */
  reset(fields?: readonly K[]): void;
  /** What was entered is on its way: no longer dirty. Where it is refused later, the fields follow the record again. */
  sent(fields?: readonly K[]): void;
  /** The save was refused: conflicts become offers, wrong fields show what is wrong. */
  refused(refusal: Refusal): void;
}

/** The form over this record's `fields` (pass a constant list). Another record begins a new form. */
export function useLiveForm<P extends Plural, K extends keyof RecordOf<P> & string>(
  plural: P,
  record: RecordOf<P>,
  fields: readonly K[],
): LiveForm<P, K> {
  const client = useClient();
  const pending = usePending(record.id);
  const [held, step] = useReducer(advance<K, RecordOf<P>>, { record, pending, fields }, begin<K, RecordOf<P>>);
  if (held.record !== record || held.pending !== pending) step({ record, pending });

  useEffect(
    () =>
      client.on("*", (_record: unknown, { resource, id, changed, actor, at, version }: Meta) => {
        if (resource !== plural || id !== record.id || changed.length === 0) return;
        step((state) => form.authored(state, { fields: changed, by: actor.id, at, version }));
      }),
    [client, plural, record.id],
  );

  return useHands<P, K>(held.state, step);
}

interface HeldForm<K extends string, R> {
  state: FormState<K>;
  record: R;
  pending: boolean;
}

function begin<K extends string, R extends form.Versioned>(start: {
  record: R;
  pending: boolean;
  fields: readonly K[];
}): HeldForm<K, R> {
  return { state: form.openForm(start.record, start.fields), record: start.record, pending: start.pending };
}

function advance<K extends string, R extends form.Versioned>(
  held: HeldForm<K, R>,
  step: Step<K> | { record: R; pending: boolean },
): HeldForm<K, R> {
  if (typeof step === "function") return { ...held, state: step(held.state) };
  return { ...step, state: form.seen(held.state, step.record, step.pending) };
}

function useHands<P extends Plural, K extends keyof RecordOf<P> & string>(
  state: FormState<K>,
  step: (to: Step<K>) => void,
): LiveForm<P, K> {
  const set = useCallback((field: K, value: unknown) => step((s) => form.entered(s, field, value)), [step]);
  const keep = useCallback((field: K) => step((s) => form.kept(s, field)), [step]);
  const take = useCallback((field: K) => step((s) => form.taken(s, field)), [step]);
  const focus = useCallback((field: K) => step((s) => form.focusedOn(s, field)), [step]);
  const blur = useCallback(() => step((s) => form.focusedOn(s, null)), [step]);
  const sent = useCallback((fields?: readonly K[]) => step((s) => form.sent(s, fields)), [step]);
  const refused = useCallback((refusal: Refusal) => step((s) => form.refusedWith(s, refusal)), [step]);
  const reset = useCallback(
    (fields?: readonly K[]) => step((s) => (fields ?? s.fields).reduce((t, field) => form.taken(t, field), s)),
    [step],
  );
  return useMemo(() => {
    const offers = form.offersOf(state);
    const dirty = new Set(state.fields.filter((field) => form.isDirty(state, field)));
    const values = Object.fromEntries(state.fields.map((field) => [field, form.shownIn(state, field)]));
    return {
      values: values as Pick<RecordOf<P>, K>,
      set,
      dirty,
      isDirty: dirty.size > 0,
      offers,
      offer: (field: K) => offers.find((offer) => offer.field === field),
      keep,
      take,
      changes: (fields?: readonly K[]) => form.changesOf(state, fields) as unknown as Changes<P, K>,
      errors: state.errors as Partial<Record<K, string>>,
      focus,
      blur,
      reset,
      sent,
      refused,
    };
  }, [state, set, keep, take, focus, blur, reset, sent, refused]);
}
