// Which repairs a filter lets through: one predicate, so that thousands of them cost thousands of short questions (U4).
// The searchable text of a repair is folded once and remembered for as long as that version of it lives.
import type { Service } from "@/realtime/schema";
import { fold } from "@/widgets/matching";
import { daysAfter } from "./days";
import { type PromisedFilter, type ServiceFilters, shownStatuses } from "./filters";
import { isAtWork } from "./stages";

type Test = (service: Service) => boolean;

const digitsOf = (text: string | null) => (text ?? "").replace(/\D/g, "");

function textOf(service: Service): string {
  const number = `S-${String(service.number).padStart(4, "0")} ${service.number}`;
  const device = [service.device_type, service.brand, service.model, service.serial_number, ...service.accessories];
  const people = [service.customer_name, service.customer_phone, digitsOf(service.customer_phone)];
  const words = [service.reported_fault, service.condition, service.work_done, service.tracking_code];
  return fold([number, ...device, ...people, ...words].filter(Boolean).join("\n"));
}

/** Makes the reader of searchable text: it folds each version of a repair once. */
export function makeTextOf(): (service: Service) => string {
  const seen = new WeakMap<Service, string>();
  return (service) => {
    const before = seen.get(service);
    if (before !== undefined) return before;
    const text = textOf(service);
    seen.set(service, text);
    return text;
  };
}

const PHONE = /^[\d\s()+./-]{5,}$/;

function textTest(text: string, read: (service: Service) => string): Test {
  const words = PHONE.test(text) ? [digitsOf(text)] : fold(text).split(/\s+/);
  const code = words.join("").replace(/-/g, "");
  return (service) => {
    const all = read(service);
    return words.every((word) => all.includes(word)) || (code.length === 12 && all.includes(code));
  };
}

function promisedTest(wanted: PromisedFilter, today: string): Test {
  if (wanted === "none") return ({ promised_on }) => promised_on === null;
  const atWork = ({ status, promised_on }: Service) => promised_on !== null && isAtWork(status);
  if (wanted === "today") return (service) => atWork(service) && service.promised_on === today;
  if (wanted === "late") return (service) => atWork(service) && (service.promised_on ?? "") < today;
  const end = daysAfter(today, 7);
  return (service) => atWork(service) && (service.promised_on ?? "") < end;
}

/** Was it promised for a day that is over, and is still being worked on? */
export function isLate(service: Service, today: string): boolean {
  return service.promised_on !== null && service.promised_on < today && isAtWork(service.status);
}

const sameOrNone = (wanted: string, none: string, me: string) =>
  wanted === none ? null : wanted === "me" ? me : wanted;

/** What a filter is asked with beside the repair itself. */
export interface Asking {
  me: string;
  today: string;
  read: (service: Service) => string;
}

/** All tests of a filter but that of the status, which is what the counters count by. */
export function matcher(filters: ServiceFilters, { me, today, read }: Asking): Test {
  const tests: Test[] = [];
  if (filters.technician !== null) {
    const technician = sameOrNone(filters.technician, "nobody", me);
    tests.push((service) => service.technician_id === technician);
  }
  if (filters.category !== null) {
    const category = sameOrNone(filters.category, "none", me);
    tests.push((service) => service.category_id === category);
  }
  if (filters.promised !== null) tests.push(promisedTest(filters.promised, today));
  if (filters.text.trim() !== "") tests.push(textTest(filters.text.trim(), read));
  return (service) => tests.every((test) => test(service));
}

/** The test of the status. */
export function statusTest(filters: ServiceFilters): Test {
  const shown = new Set(shownStatuses(filters));
  return (service) => shown.has(service.status);
}
