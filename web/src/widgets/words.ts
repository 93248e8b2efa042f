// What things are called on screen (WEB V6): the trade's words for what the wire calls by name.
import type { Plural } from "@/realtime/react";

const asWords = (name: string) => {
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const CALL_STATUS: Record<string, string> = {
  new: "New",
  assigned: "Assigned",
  in_progress: "In progress",
  on_hold: "On hold",
  completed: "Completed",
  closed: "Closed",
  cancelled: "Cancelled",
};

const SERVICE_STATUS: Record<string, string> = {
  received: "Received",
  diagnosing: "Diagnosing",
  awaiting_approval: "Awaiting approval",
  awaiting_parts: "Awaiting parts",
  in_repair: "In repair",
  completed: "Ready",
  delivered: "Delivered",
  cancelled: "Cancelled",
};

/** A status in words. */
export const statusWord = (plural: Plural, status: string): string =>
  (plural === "services" ? SERVICE_STATUS : CALL_STATUS)[status] ?? asWords(status);

const PRIORITIES: Record<string, string> = { low: "Low", normal: "Normal", high: "High", urgent: "Urgent" };
/** A priority in words. */
export const priorityWord = (priority: string): string => PRIORITIES[priority] ?? asWords(priority);

const ROLES: Record<string, string> = {
  admin: "Admin",
  dispatcher: "Dispatcher",
  engineer: "Engineer",
  front_desk: "Front desk",
  viewer: "Viewer",
};
/** A role in words. */
export const roleWord = (role: string): string => ROLES[role] ?? asWords(role);

const OUTCOMES: Record<string, string> = {
  repaired: "Repaired",
  no_fault_found: "No fault found",
  not_repairable: "Not repairable",
  uneconomic: "Not worth repairing",
  declined: "Declined by customer",
  replaced: "Replaced",
};
/** How a repair ended, in words. */
export const outcomeWord = (outcome: string): string => OUTCOMES[outcome] ?? asWords(outcome);

const AVAILABILITIES: Record<string, string> = { available: "Available", busy: "Busy", away: "Away" };
/** Whether somebody can take work, in words. */
export const availabilityWord = (availability: string): string => AVAILABILITIES[availability] ?? asWords(availability);

const HOLD_REASONS: Record<string, string> = {
  waiting_customer: "Waiting for customer",
  waiting_parts: "Waiting for parts",
  scheduled: "Scheduled",
  third_party: "With a third party",
};
/** Why a call is held, in words; other reasons are the person's own text. */
export const reasonWord = (reason: string): string => HOLD_REASONS[reason] ?? reason;

const KINDS: Record<Plural, [one: string, many: string]> = {
  calls: ["call", "calls"],
  services: ["repair", "repairs"],
  customers: ["customer", "customers"],
  users: ["person", "people"],
  categories: ["call category", "call categories"],
  service_categories: ["repair category", "repair categories"],
  notes: ["note", "notes"],
};
/** What one or several of these records are called. */
export const kindWord = (plural: Plural, count = 1): string => KINDS[plural][count === 1 ? 0 : 1];

const FIELDS: Record<string, string> = {
  assignee_id: "engineer",
  technician_id: "technician",
  category_id: "category",
  customer_id: "customer record",
  customer_name: "customer",
  customer_phone: "phone",
  customer_address: "address",
  status_reason: "reason",
  due_at: "due time",
  promised_on: "promised date",
  service_id: "repair",
  call_id: "call",
  rework_of: "earlier repair",
  device_type: "device",
  reported_fault: "reported fault",
  serial_number: "serial number",
  work_done: "work done",
  estimate_minor: "estimate",
  price_minor: "price",
  delivered_to: "handed to",
  display_name: "name",
  sort_order: "place in the list",
  colour: "colour",
  must_change_password: "password",
  reopened_count: "times reopened",
};
/** A field in words, in lower case, to stand within a sentence. */
export const fieldWord = (_plural: Plural, field: string): string =>
  FIELDS[field] ?? field.replace(/_(at|on|id|minor)$/, "").replaceAll("_", " ");

const VERBS: Record<string, string> = {
  create: "Add",
  update: "Change",
  assign: "Assign",
  claim: "Take",
  release: "Give back",
  start: "Start",
  hold: "Put on hold",
  resume: "Resume",
  complete: "Complete",
  reopen: "Reopen",
  close: "Close",
  cancel: "Cancel",
  convert: "Make a repair of",
  delete: "Delete",
  advance: "Move on",
  deliver: "Hand out",
  merge: "Merge",
  deactivate: "Deactivate",
  activate: "Activate",
};
const WHOLE: Record<string, string> = {
  set_role: "Change role",
  change_email: "Change email",
  reset_password: "Reset password",
  change_password: "Change password",
  set_availability: "Set availability",
  convert_call: "Make a repair of call",
  undo: "Undo",
};
const NOUNS: [suffix: string, plural: Plural][] = [
  ["_service_category", "service_categories"],
  ["_category", "categories"],
  ["_call", "calls"],
  ["_service", "services"],
  ["_customer", "customers"],
  ["_note", "notes"],
  ["_user", "users"],
];
/** What kind of record a command is about. */
export const kindOfCommand = (command: string): Plural | undefined =>
  NOUNS.find(([suffix]) => command.endsWith(suffix))?.[1];

/** What a command does, without to what: `assign_call` → `assign`. */
export function verbOf(command: string): string {
  const noun = NOUNS.find(([suffix]) => command.endsWith(suffix));
  return noun === undefined ? command : command.slice(0, -noun[0].length);
}

/** A command in words: "Assign call". */
export function commandWord(command: string): string {
  const whole = WHOLE[command];
  if (whole !== undefined) return whole;
  const plural = kindOfCommand(command);
  const verb = verbOf(command);
  return plural === undefined ? asWords(command) : `${VERBS[verb] ?? asWords(verb)} ${kindWord(plural)}`;
}

export { changeSentence, deedWords, doneSentence, type Happened, type Names, valueWords } from "./sentences";
