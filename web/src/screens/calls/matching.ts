// Which calls a filter lets through. A filter is made into one predicate, so that ten thousand calls cost ten thousand
// short questions (U4); the searchable text of a call is folded once and remembered for as long as that version lives.
import type { Call } from "@/realtime/schema";
import { fold } from "@/widgets/matching";
import { type CallFilters, OPEN, SHOWN_AT_FIRST } from "./filters";

type Test = (call: Call) => boolean;

/** Is this call still to be done? */
export const isOpen = (call: Call): boolean => OPEN.includes(call.status);

/** Is this call open past the time it was due? Moments are written so that they compare as text. */
export function isOverdue(call: Call, now: string): boolean {
  return call.due_at !== null && call.due_at < now && isOpen(call);
}

const digitsOf = (text: string | null) => (text ?? "").replace(/\D/g, "");

function searchText(call: Call): string {
  const words = [`C-${String(call.number).padStart(4, "0")} ${call.number}`, call.title, call.customer_name];
  const more = [call.customer_phone, call.customer_address, call.description, call.resolution];
  return `${fold([...words, ...more].filter(Boolean).join("\n"))}\n${digitsOf(call.customer_phone)}`;
}

/** Makes the reader of searchable text: it folds each version of a call once. */
export function makeSearchText(): (call: Call) => string {
  const seen = new WeakMap<Call, string>();
  return (call) => {
    const before = seen.get(call);
    if (before !== undefined) return before;
    const text = searchText(call);
    seen.set(call, text);
    return text;
  };
}

const PHONE = /^[\d\s()+./-]{5,}$/;

function textTest(text: string, textOf: (call: Call) => string): Test {
  const whole = text.trim();
  const words = PHONE.test(whole) && digitsOf(whole).length > 4 ? [digitsOf(whole)] : fold(whole).split(/\s+/);
  return (call) => {
    const all = textOf(call);
    return words.every((word) => all.includes(word));
  };
}

function oneOf(ids: readonly string[], me: string, of: (call: Call) => string | null): Test {
  const wanted = new Set(ids.map((id) => (id === "me" ? me : id)));
  const none = wanted.has("nobody") || wanted.has("none");
  return (call) => {
    const id = of(call);
    return id === null ? none : wanted.has(id);
  };
}

const dayAfter = (day: string) => {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + 1);
  return date;
};

function createdTests(filters: CallFilters): Test[] {
  const tests: Test[] = [];
  if (filters.from !== null) {
    const from = new Date(`${filters.from}T00:00:00`).toISOString();
    tests.push((call) => call.created_at >= from);
  }
  if (filters.to !== null) {
    const before = dayAfter(filters.to).toISOString();
    tests.push((call) => call.created_at < before);
  }
  return tests;
}

/** What a filter is asked with beside the call itself. */
export interface Asking {
  me: string;
  now: number;
  textOf: (call: Call) => string;
}

/** One predicate for the whole filter. Without a status in it, what the board shows at first is let through. */
export function matcher(filters: CallFilters, { me, now, textOf }: Asking): Test {
  const statuses = new Set(filters.statuses.length > 0 ? filters.statuses : SHOWN_AT_FIRST);
  const tests: Test[] = [(call) => statuses.has(call.status)];
  if (filters.assignees.length > 0) tests.push(oneOf(filters.assignees, me, (call) => call.assignee_id));
  if (filters.categories.length > 0) tests.push(oneOf(filters.categories, me, (call) => call.category_id));
  const priorities = new Set(filters.priorities);
  if (priorities.size > 0) tests.push((call) => priorities.has(call.priority));
  if (filters.overdue) {
    const moment = new Date(now).toISOString();
    tests.push((call) => isOverdue(call, moment));
  }
  tests.push(...createdTests(filters));
  if (filters.text.trim() !== "") tests.push(textTest(filters.text, textOf));
  return (call) => tests.every((test) => test(call));
}
