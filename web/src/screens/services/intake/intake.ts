// The intake form as it is filled in at the counter, and the command it becomes. Empty fields are left out; a price always
// goes with its currency.
import type { CreateService, Customer, Service } from "@/realtime/schema";
import { majorOf, minorOf } from "../money";

/** The form: text as typed. */
export interface Intake {
  category_id: string | null;
  customer_id: string | null;
  customer_name: string;
  customer_phone: string;
  device_type: string;
  brand: string;
  model: string;
  serial_number: string;
  reported_fault: string;
  condition: string;
  accessories: string[];
  promised_on: string | null;
  estimate: number | string;
  currency: string;
  rework_of: string | null;
  /** Whether a customer who is not ours yet becomes one with this repair. */
  keep_customer: boolean;
}

/** A form in which nothing is filled in yet. */
export const emptyIntake = (currency: string): Intake => ({
  category_id: null,
  customer_id: null,
  customer_name: "",
  customer_phone: "",
  device_type: "",
  brand: "",
  model: "",
  serial_number: "",
  reported_fault: "",
  condition: "",
  accessories: [],
  promised_on: null,
  estimate: "",
  currency,
  rework_of: null,
  keep_customer: true,
});

/** A form for the same device again: it came back after it was handed back. */
export function reworkIntake(service: Service, currency: string): Intake {
  return {
    ...emptyIntake(service.currency ?? currency),
    category_id: service.category_id,
    customer_id: service.customer_id,
    customer_name: service.customer_name,
    customer_phone: service.customer_phone ?? "",
    device_type: service.device_type,
    brand: service.brand ?? "",
    model: service.model ?? "",
    serial_number: service.serial_number ?? "",
    rework_of: service.id,
  };
}

/** The form as a refused repair was written (L4); `isOurs` where its customer is still there. */
export function intakeOf(service: CreateService, currency: string, isOurs: boolean): Intake {
  const { accessories, estimate_minor: estimate, promised_on = null, category_id = null, rework_of = null } = service;
  const texts = Object.fromEntries(WRITTEN.map((field) => [field, service[field] ?? ""])) as Pick<Intake, Written>;
  return {
    ...emptyIntake(service.currency ?? currency),
    ...texts,
    accessories: accessories ?? [],
    promised_on,
    category_id,
    rework_of,
    estimate: typeof estimate === "number" ? majorOf(estimate, service.currency ?? currency) : "",
    customer_id: isOurs ? (service.customer_id ?? null) : null,
    // One who was to join our list with it and did not: then he does so now.
    keep_customer: typeof service.customer_id === "string",
  };
}

const WRITTEN = [
  "customer_name",
  "customer_phone",
  "device_type",
  "brand",
  "model",
  "serial_number",
  "reported_fault",
  "condition",
] as const;
type Written = (typeof WRITTEN)[number];

/** The caller's words for one of our customers. */
export const customerWords = (customer: Customer): Partial<Intake> => ({
  customer_id: customer.id,
  customer_name: customer.name,
  customer_phone: customer.phone ?? "",
});

const said = (text: string) => (text.trim() === "" ? null : text.trim());
const TEXTS = ["customer_phone", "brand", "model", "serial_number", "condition"] as const;

/** The command; `mayPrice` where this person may say prices. */
export function commandOf(intake: Intake, mayPrice: boolean): CreateService {
  const command: CreateService = {
    device_type: intake.device_type.trim(),
    reported_fault: intake.reported_fault.trim(),
    accessories: intake.accessories,
  };
  for (const field of TEXTS) if (said(intake[field]) !== null) command[field] = said(intake[field]);
  if (said(intake.customer_name) !== null) command.customer_name = intake.customer_name.trim();
  for (const field of ["category_id", "customer_id", "promised_on", "rework_of"] as const) {
    if (intake[field] !== null) command[field] = intake[field];
  }
  const estimate = minorOf(intake.estimate, intake.currency);
  if (!mayPrice || estimate === null) return command;
  return { ...command, estimate_minor: estimate, currency: intake.currency };
}

/** What a category filled in by itself. */
export type FilledIn = Partial<Pick<Intake, "device_type" | "promised_on">>;

/** The form with new defaults in place of nothing, or of those filled in before. What somebody wrote stays. */
export function filledIn(now: Intake, before: FilledIn, wanted: FilledIn): Intake {
  const isFree = (field: keyof FilledIn) => !now[field] || now[field] === before[field];
  return {
    ...now,
    ...(isFree("device_type") ? { device_type: wanted.device_type ?? "" } : {}),
    ...(isFree("promised_on") ? { promised_on: wanted.promised_on ?? null } : {}),
  };
}

/** Whether anything was written that would be missed: neither empty nor filled in by the category. */
export function isWritten(intake: Intake, empty: Intake, filled: FilledIn = {}): boolean {
  const plain: Intake = { ...filledIn(empty, {}, filled), currency: intake.currency };
  return JSON.stringify({ ...intake, category_id: null }) !== JSON.stringify({ ...plain, category_id: null });
}

/** What is missing, by field, before anything is sent. */
export function missing(intake: Intake): Partial<Record<keyof Intake, string>> {
  const wrong: Partial<Record<keyof Intake, string>> = {};
  if (said(intake.customer_name) === null) wrong.customer_name = "Whose device is it?";
  if (said(intake.device_type) === null) wrong.device_type = "What was handed in?";
  if (said(intake.reported_fault) === null) wrong.reported_fault = "What does the customer say is wrong?";
  return wrong;
}
