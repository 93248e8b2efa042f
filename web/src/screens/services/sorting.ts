// The order of repairs. On the board what was promised first stands first, and among what was promised nothing the one
// that waits longest; what is over stands newest first. In the list it is the column that somebody clicked.
import type { Service } from "@/realtime/schema";
import type { Sorting, SortKey } from "./filters";
import { isOpen, STATUSES } from "./stages";

type Order = (a: Service, b: Service) => number;

const LAST = "\uffff";
const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** The order within a column of the board. */
export const boardOrder: Order = (a, b) => {
  if (isOpen(a.status) !== isOpen(b.status)) return isOpen(a.status) ? -1 : 1;
  if (!isOpen(a.status)) return text(b.updated_at, a.updated_at) || b.number - a.number;
  return (
    text(a.promised_on ?? LAST, b.promised_on ?? LAST) || text(a.received_at, b.received_at) || a.number - b.number
  );
};

/** The order of rows; `nameOf` says the name of a technician. */
export function listOrder({ key, down }: Sorting, nameOf: (id: string) => string): Order {
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const orders: Record<SortKey, Order> = {
    number: (a, b) => a.number - b.number,
    device: (a, b) => collator.compare(a.device_type, b.device_type),
    customer: (a, b) => collator.compare(a.customer_name, b.customer_name),
    status: (a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status),
    technician: (a, b) => namesOrder(collator, nameOf, a.technician_id, b.technician_id),
    promised: (a, b) => text(a.promised_on ?? LAST, b.promised_on ?? LAST),
    received: (a, b) => text(a.received_at, b.received_at),
  };
  const order = orders[key];
  return (a, b) => (down ? -order(a, b) : order(a, b)) || b.number - a.number;
}

function namesOrder(collator: Intl.Collator, nameOf: (id: string) => string, a: string | null, b: string | null) {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return collator.compare(nameOf(a), nameOf(b));
}
