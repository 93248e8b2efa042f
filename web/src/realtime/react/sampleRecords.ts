// Records to test with: complete, and different only where a test says so.
import type { Call, Category, Customer, Service, User } from "@/realtime";

const MADE = {
  tenant_id: "t",
  number: 1042,
  version: 1,
  created_at: "2026-11-20T08:00:00.000Z",
  created_by: "me",
  updated_at: "2026-11-20T08:00:00.000Z",
  updated_by: "me",
};

/** A new call. */
export const aCall = (change: Partial<Call> = {}): Call => ({
  ...MADE,
  id: "c1",
  title: "Boiler drips",
  customer_name: "Ortiz",
  description: null,
  category_id: null,
  priority: "normal",
  status: "new",
  status_reason: null,
  customer_id: null,
  customer_phone: null,
  customer_address: null,
  assignee_id: null,
  due_at: null,
  resolution: null,
  service_id: null,
  assigned_at: null,
  started_at: null,
  completed_at: null,
  closed_at: null,
  reopened_count: 0,
  ...change,
});

/** A repair that has just come in. */
export const aService = (change: Partial<Service> = {}): Service => ({
  ...MADE,
  id: "s1",
  number: 317,
  customer_name: "Ortiz",
  device_type: "Kettle",
  reported_fault: "Does not heat",
  category_id: null,
  customer_id: null,
  customer_phone: null,
  brand: null,
  model: null,
  serial_number: null,
  condition: null,
  accessories: [],
  status: "received",
  status_reason: null,
  technician_id: null,
  promised_on: null,
  estimate_minor: null,
  price_minor: null,
  currency: null,
  outcome: null,
  work_done: null,
  tracking_code: "ABCDEFGHJKMN",
  received_at: MADE.created_at,
  completed_at: null,
  delivered_at: null,
  delivered_to: null,
  call_id: null,
  rework_of: null,
  ...change,
});

/** An engineer. */
export const aUser = (change: Partial<User> = {}): User => ({
  ...MADE,
  id: "u1",
  email: "chiara@example.org",
  display_name: "Chiara Rossi",
  role: "engineer",
  phone: null,
  skills: [],
  availability: "available",
  active: true,
  must_change_password: false,
  ...change,
});

/** A category of calls, or of repairs. */
export const aCategory = (change: Partial<Category> = {}): Category => ({
  ...MADE,
  id: "k1",
  name: "Heating",
  description: null,
  colour: "#868e96",
  icon: null,
  sort_order: 1,
  archived: false,
  ...change,
});

/** A customer. */
export const aCustomer = (change: Partial<Customer> = {}): Customer => ({
  ...MADE,
  id: "m1",
  name: "Bea Ortiz",
  phone: "+34 600 123 456",
  email: null,
  address: null,
  notes: null,
  tags: [],
  ...change,
});
