// Finds records in what this browser holds (U2): every word in any text, case and accents folded; digits in numbers and
// phones, in any grouping; serials without their punctuation. What is folded once is kept with the record, so that a letter
// more costs a few milliseconds at 10,000 records (V5).
import type { Call, Customer, Held, RecordOf, Service, User } from "@/realtime";
import { fold } from "@/widgets/matching";
import { numberOf } from "@/widgets/RecordNumber";

/** What can be found and opened. */
export type FoundPlural = "calls" | "services" | "customers" | "users";

export interface Hit {
  plural: FoundPlural;
  id: string;
  /** The number in the address. */
  number: number;
  title: string;
  subtitle: string;
  status?: string;
}

export interface Hits {
  plural: FoundPlural;
  hits: readonly Hit[];
  total: number;
}

interface Entry {
  title: string;
  text: string;
  digits: string;
  number: number;
  isDone: boolean;
}

interface Wanted {
  words: readonly string[];
  digits: string | null;
  exact: { plural: FoundPlural | null; number: number } | null;
}

const FOUND: readonly FoundPlural[] = ["calls", "services", "customers", "users"];
const LETTERS: Readonly<Record<string, FoundPlural>> = { c: "calls", s: "services" };
const STEP = 50;
const DONE = new Set(["completed", "closed", "cancelled", "delivered"]);

export interface RecordSearch {
  /** The best of each kind, kinds without any left out. */
  find(held: Held, query: string, most: number): readonly Hits[];
  /** Folds ahead, in small steps: the first letter is to be as quick as the others. */
  warm(held: Held): Iterator<void>;
}

/** A search with a memory of its own. */
export function makeRecordSearch(): RecordSearch {
  const entries = new WeakMap<object, Entry>();
  const entryOf = (plural: FoundPlural, record: RecordOf<FoundPlural>): Entry => {
    const known = entries.get(record);
    if (known !== undefined) return known;
    const made = makeEntry(plural, record);
    entries.set(record, made);
    return made;
  };
  return {
    find: (held, query, most) => {
      const wanted = wantedOf(query);
      if (wanted === null) return [];
      const noted = notedRecords(held, wanted.words);
      return FOUND.map((plural) => best(held, plural, wanted, { most, entryOf, noted })).filter(
        ({ total }) => total > 0,
      );
    },
    *warm(held) {
      let folded = 0;
      for (const plural of FOUND)
        for (const record of held[plural].values()) {
          entryOf(plural, record);
          folded += 1;
          if (folded % STEP === 0) yield;
        }
    },
  };
}

interface Finding {
  most: number;
  entryOf: (plural: FoundPlural, record: RecordOf<FoundPlural>) => Entry;
  noted: ReadonlySet<string>;
}

function best(held: Held, plural: FoundPlural, wanted: Wanted, { most, entryOf, noted }: Finding): Hits {
  const found: { record: RecordOf<FoundPlural>; rank: number; number: number }[] = [];
  for (const record of held[plural].values()) {
    const entry = entryOf(plural, record);
    const rank = rankOf(plural, entry, wanted) ?? (noted.has(record.id) ? 8 : null);
    if (rank !== null) found.push({ record, rank, number: entry.number });
  }
  found.sort((a, b) => a.rank - b.rank || b.number - a.number);
  return { plural, total: found.length, hits: found.slice(0, most).map(({ record }) => hitOf(plural, record)) };
}

/** What is asked for; null for nothing. */
function wantedOf(query: string): Wanted | null {
  const folded = fold(query);
  if (folded === "") return null;
  const isDigits = /^[\d\s+()/.-]+$/.test(folded);
  const digits = isDigits ? folded.replace(/\D/g, "").replace(/^0+/, "") : "";
  const named = /^([cs])-?0*(\d+)$/.exec(folded);
  const plural = named?.[1] === undefined ? null : (LETTERS[named[1]] ?? null);
  const number = Number(named?.[2] ?? digits);
  return {
    words: folded.split(/\s+/),
    digits: digits.length > 0 ? digits : null,
    exact: number > 0 ? { plural, number } : null,
  };
}

/** How well an entry fits, 0 best; null where it does not. Work that is done comes after work that is open. */
function rankOf(plural: FoundPlural, entry: Entry, { words, digits, exact }: Wanted): number | null {
  const isWork = plural === "calls" || plural === "services";
  if (isWork && exact?.number === entry.number && (exact.plural ?? plural) === plural) return 0;
  const later = entry.isDone ? 1 : 0;
  if (words.every((word) => entry.text.includes(word))) {
    const [first = ""] = words;
    if (entry.title.startsWith(first)) return 2 + later;
    return (entry.title.includes(` ${first}`) ? 4 : 6) + later;
  }
  return digits !== null && entry.digits.includes(digits) ? 4 + later : null;
}

/** The records in whose notes all words stand. */
function notedRecords(held: Held, words: readonly string[]): ReadonlySet<string> {
  const noted = new Set<string>();
  if (words.join("").length < 3) return noted;
  for (const note of held.notes.values()) {
    const text = quickFold(note.text);
    if (words.every((word) => text.includes(word))) noted.add(note.record_id);
  }
  return noted;
}

type Text = string | null | undefined;

const ACCENTED = /[^\t-~]/;

/** Most text has no accents, and is folded ten times as fast without looking for them. */
const quickFold = (text: string): string => (ACCENTED.test(text) ? fold(text) : text.toLowerCase());

function makeEntry(plural: FoundPlural, record: RecordOf<FoundPlural>): Entry {
  const { texts, phone = null, codes = [] } = partsOf(plural, record);
  const compact = codes.map((code) => code?.replace(/[^\p{L}\p{N}]/gu, ""));
  const written = [...texts, phone, ...codes, ...compact, numberOf(plural, record)];
  const status = "status" in record ? record.status : "";
  return {
    title: quickFold(texts[0] ?? ""),
    text: quickFold(written.filter(Boolean).join(" ")),
    digits: `${record.number} ${phone?.replace(/\D/g, "") ?? ""}`,
    number: record.number,
    isDone: DONE.has(status),
  };
}

function partsOf(plural: FoundPlural, record: RecordOf<FoundPlural>): { texts: Text[]; phone?: Text; codes?: Text[] } {
  if (plural === "calls") {
    const { title, customer_name, description, customer_phone, customer_address, resolution } = record as Call;
    return { texts: [title, customer_name, description, customer_address, resolution], phone: customer_phone };
  }
  if (plural === "services") {
    const it = record as Service;
    const texts = [it.device_type, it.brand, it.model, it.customer_name, it.reported_fault, it.condition, it.work_done];
    return {
      texts: [...texts, ...it.accessories],
      phone: it.customer_phone,
      codes: [it.serial_number, it.tracking_code],
    };
  }
  if (plural === "customers") {
    const { name, phone, email, address, notes, tags } = record as Customer;
    return { texts: [name, email, address, notes, ...tags], phone };
  }
  const { display_name, email, phone, skills } = record as User;
  return { texts: [display_name, email, ...skills], phone };
}

function hitOf(plural: FoundPlural, record: RecordOf<FoundPlural>): Hit {
  const { id, number } = record;
  const words = wordsOf(plural, record);
  return { plural, id, number, ...words, ...("status" in record && { status: record.status }) };
}

function wordsOf(plural: FoundPlural, record: RecordOf<FoundPlural>): { title: string; subtitle: string } {
  if (plural === "calls") {
    const { title, customer_name } = record as Call;
    return { title, subtitle: customer_name };
  }
  if (plural === "services") {
    const { device_type, brand, model, customer_name } = record as Service;
    return { title: [device_type, brand, model].filter(Boolean).join(" "), subtitle: customer_name };
  }
  if (plural === "customers") {
    const { name, phone, email } = record as Customer;
    return { title: name, subtitle: phone ?? email ?? "" };
  }
  const { display_name, email } = record as User;
  return { title: display_name, subtitle: email };
}
