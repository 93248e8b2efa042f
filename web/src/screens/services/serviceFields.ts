// The fields of a repair that are edited in place, and who may say prices.
import type { Service, User } from "@/realtime/schema";
import type { Editing } from "@/record/useEditing";

export const SERVICE_FIELDS = [
  "device_type",
  "reported_fault",
  "customer_name",
  "customer_phone",
  "customer_id",
  "category_id",
  "brand",
  "model",
  "serial_number",
  "condition",
  "accessories",
  "promised_on",
  "estimate_minor",
  "price_minor",
  "currency",
] as const satisfies readonly (keyof Service)[];

export type ServiceField = (typeof SERVICE_FIELDS)[number];
export type ServiceEditing = Editing<ServiceField>;

const PRICERS: ReadonlySet<User["role"]> = new Set(["admin", "dispatcher", "front_desk"]);

/** Why this person may not say prices; null where he may. `explain` knows commands only, so the rule is DOMAIN's. */
export function whyNoPrices(user: Pick<User, "role">): string | null {
  return PRICERS.has(user.role) ? null : "Only an admin, a dispatcher or the front desk may set prices.";
}

/** A price that is said for the first time brings the usual currency with it. */
export function withCurrency<C extends Partial<Pick<Service, ServiceField>>>(
  changes: C,
  service: Pick<Service, "currency">,
  usual: string,
): C & { currency?: string | null } {
  const says = (changes.estimate_minor ?? changes.price_minor ?? null) !== null;
  return says && service.currency === null && !("currency" in changes) ? { ...changes, currency: usual } : changes;
}
