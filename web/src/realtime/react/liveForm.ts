// A form over a live record (WEB L5), as plain state: what a person is editing is never touched by a live change, which
// is offered beside the field instead; what nobody touches follows. React stands in useLiveForm.

/** Somebody else's change of a field that is being edited. */
export interface Offer<K extends string = string> {
  field: K;
  theirs: unknown;
  /** Who changed it, by id. */
  by: string | null;
  at: string | null;
}

/** A record as a form sees it. */
export interface Versioned {
  id: string;
  version: number;
  updated_by?: string;
  updated_at?: string;
}

type Values<K extends string> = Readonly<Record<K, unknown>>;
type Some<K extends string, T> = { readonly [F in K]?: T };

interface Author {
  by: string | null;
  at: string | null;
  /** The version of the record that this made. */
  version: number;
}

/** What the form knows. */
export interface FormState<K extends string> {
  id: string;
  fields: readonly K[];
  /** The record as it stands now. */
  live: Values<K>;
  version: number;
  /** What each field was when the person last agreed with it, and in which version of the record that was. */
  base: Values<K>;
  baseVersion: Readonly<Record<K, number>>;
  /** What the person has entered. */
  mine: Some<K, unknown>;
  focused: K | null;
  /** A change of mine of this record is not confirmed yet: nothing entered counts as saved. */
  pending: boolean;
  /** Who changed a field last, where that is known. */
  authors: Some<K, Author>;
  /** What the server found wrong, by field. */
  errors: Some<K, string>;
}

/** One field changed by somebody, as an event or a refusal tells it. */
export interface Authored {
  fields: readonly string[];
  by: string;
  at: string;
  version: number;
}

const plain = (value: unknown) => (value === "" || value === undefined ? null : value);

/** Whether two values are the same to a person: an empty text is no text. */
export function sameValue(a: unknown, b: unknown): boolean {
  return plain(a) === plain(b) || JSON.stringify(plain(a)) === JSON.stringify(plain(b));
}

function pick<K extends string>(fields: readonly K[], of: object): Record<K, unknown> {
  const record = of as Record<string, unknown>;
  return Object.fromEntries(fields.map((field) => [field, record[field] ?? null])) as Record<K, unknown>;
}

const without = <K extends string, T>(some: Some<K, T>, gone: K): Some<K, T> => {
  return Object.fromEntries(Object.entries(some).filter(([field]) => field !== gone)) as Some<K, T>;
};

/** A form nobody has touched. */
export function openForm<K extends string>(record: Versioned, fields: readonly K[]): FormState<K> {
  const live = pick(fields, record);
  const versions = Object.fromEntries(fields.map((field) => [field, record.version])) as Record<K, number>;
  return {
    id: record.id,
    fields,
    live,
    version: record.version,
    base: live,
    baseVersion: versions,
    mine: {},
    focused: null,
    pending: false,
    authors: {},
    errors: {},
  };
}

/** Whether the person has entered something else than what the field was. */
export const isDirty = <K extends string>(form: FormState<K>, field: K) =>
  field in form.mine && !sameValue(form.mine[field], form.base[field]);

const isEdited = <K extends string>(form: FormState<K>, field: K) => form.focused === field || isDirty(form, field);

/** What the field shows. */
export const shownIn = <K extends string>(form: FormState<K>, field: K): unknown =>
  field in form.mine ? form.mine[field] : form.base[field];

/** Moves a field's base to what is live, with or without what the person entered. */
function rebase<K extends string>(form: FormState<K>, field: K, keepMine: boolean): FormState<K> {
  return {
    ...form,
    base: { ...form.base, [field]: form.live[field] },
    baseVersion: { ...form.baseVersion, [field]: form.version },
    mine: keepMine ? { ...form.mine, [field]: shownIn(form, field) } : without(form.mine, field),
    authors: without(form.authors, field),
  };
}

/** Whether a live value waits beside the field. */
const isOffered = <K extends string>(form: FormState<K>, field: K) =>
  isEdited(form, field) &&
  !sameValue(form.live[field], form.base[field]) &&
  !sameValue(form.live[field], shownIn(form, field));

/** Lets every field that is not edited follow; one where both entered the same is settled, once that is confirmed. */
function settle<K extends string>(form: FormState<K>): FormState<K> {
  const { pending } = form;
  let next = form;
  for (const field of form.fields) {
    if (isOffered(next, field)) continue;
    const agreed = sameValue(next.live[field], shownIn(next, field));
    if (isDirty(next, field) && (pending || !agreed)) {
      if (!pending) next = { ...next, baseVersion: { ...next.baseVersion, [field]: next.version } };
    } else if (next.focused === field && !isDirty(next, field)) {
      next = { ...rebase(next, field, false), focused: field };
    } else {
      next = rebase(next, field, false);
    }
  }
  return next;
}

/** The record changed, or the state of my own changes of it. */
export function seen<K extends string>(form: FormState<K>, record: Versioned, pending: boolean): FormState<K> {
  if (record.id !== form.id) return openForm(record, form.fields);
  const live = pick(form.fields, record);
  const author = { by: record.updated_by ?? null, at: record.updated_at ?? null, version: record.version };
  let authors = form.authors;
  for (const field of form.fields) {
    const isTold = (authors[field]?.version ?? 0) > form.version;
    if (!isTold && !sameValue(live[field], form.live[field])) authors = { ...authors, [field]: author };
  }
  return settle({ ...form, live, version: record.version, authors, pending });
}

/** An event said who changed which fields. It may come before the record itself is seen. */
export function authored<K extends string>(form: FormState<K>, told: Authored): FormState<K> {
  const { by, at, version } = told;
  const fields = form.fields.filter(
    (field) => told.fields.includes(field) && (version > form.version || isOffered(form, field)),
  );
  if (fields.length === 0) return form;
  const authors = Object.fromEntries(fields.map((field) => [field, { by, at, version }])) as Some<K, Author>;
  return { ...form, authors: { ...form.authors, ...authors } };
}

/** The person entered something. */
export function entered<K extends string>(form: FormState<K>, field: K, value: unknown): FormState<K> {
  return { ...form, mine: { ...form.mine, [field]: value }, errors: without(form.errors, field) };
}

/** The person is in a field, or in none. */
export function focusedOn<K extends string>(form: FormState<K>, field: K | null): FormState<K> {
  return settle({ ...form, focused: field });
}

/** Keep yours: what the person entered stands over what the other has changed. */
export function kept<K extends string>(form: FormState<K>, field: K): FormState<K> {
  return rebase(form, field, true);
}

/** Take hers: what the other has changed stands. */
export function taken<K extends string>(form: FormState<K>, field: K): FormState<K> {
  return rebase(form, field, false);
}

/** What waits beside the fields. */
export function offersOf<K extends string>(form: FormState<K>): Offer<K>[] {
  return form.fields
    .filter((field) => isOffered(form, field))
    .map((field) => ({
      field,
      theirs: form.live[field],
      by: form.authors[field]?.by ?? null,
      at: form.authors[field]?.at ?? null,
    }));
}

/** What to send for these fields: only what is dirty, and the version that it is based on. */
export function changesOf<K extends string>(form: FormState<K>, only: readonly K[] = form.fields) {
  const dirty = only.filter((field) => isDirty(form, field));
  const changes = Object.fromEntries(dirty.map((field) => [field, plain(form.mine[field])])) as Some<K, unknown>;
  const expected_version = Math.min(form.version, ...dirty.map((field) => form.baseVersion[field]));
  return { ...changes, expected_version };
}

/** What a refusal of the save says of the fields. */
export interface RefusedWith {
  fields?: Readonly<Record<string, string>> | undefined;
  changes?: readonly { field: string; now: unknown; by: { id: string }; at: string }[] | undefined;
  current?: Readonly<Record<string, unknown>> | undefined;
}

/** The save was refused: conflicts become offers, and what is wrong with a field stands at it. */
export function refusedWith<K extends string>(form: FormState<K>, refusal: RefusedWith): FormState<K> {
  const wrong = form.fields.filter((field) => refusal.fields?.[field] !== undefined);
  const errors = Object.fromEntries(wrong.map((field) => [field, refusal.fields?.[field]])) as Some<K, string>;
  let next: FormState<K> = { ...form, errors };
  const current = refusal.current as unknown as Versioned | undefined;
  if (current && current.id === form.id && current.version >= form.version) next = seen(next, current, false);
  for (const { field, by, at } of refusal.changes ?? [])
    next = authored(next, { fields: [field], by: by.id, at, version: next.version });
  return next;
}

/** What was entered is on its way (or kept to be sent): it counts as saved. */
export function sent<K extends string>(form: FormState<K>, only: readonly K[] = form.fields): FormState<K> {
  let next = form;
  for (const field of only)
    if (isDirty(next, field))
      next = { ...next, base: { ...next.base, [field]: next.mine[field] }, mine: without(next.mine, field) };
  return next;
}
