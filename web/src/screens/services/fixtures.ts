// A repair for the tests of these screens: ordinary in everything that a test does not speak of.
import type { Service } from "@/realtime/schema";

/** A repair with these fields. */
export function aService(fields: Partial<Service> = {}): Service {
  return {
    id: "0199c6a0-0000-7000-8000-000000000042",
    tenant_id: "0199c6a0-0000-7000-8000-000000000001",
    number: 42,
    version: 7,
    created_at: "2026-11-18T09:00:00.000Z",
    created_by: "0199c6a0-0000-7000-8000-0000000000aa",
    updated_at: "2026-11-18T09:00:00.000Z",
    updated_by: "0199c6a0-0000-7000-8000-0000000000aa",
    customer_name: "Zoë Müller",
    device_type: "Laptop",
    reported_fault: "Does not start",
    category_id: null,
    customer_id: null,
    customer_phone: "+358 40 123 4567",
    brand: "Lenovo",
    model: "T480",
    serial_number: "PF-1X2Y",
    condition: null,
    accessories: [],
    status: "received",
    technician_id: null,
    promised_on: null,
    estimate_minor: null,
    price_minor: null,
    currency: null,
    outcome: null,
    work_done: null,
    tracking_code: "TXZ7GAXTQDQT",
    received_at: "2026-11-18T09:00:00.000Z",
    completed_at: null,
    delivered_at: null,
    delivered_to: null,
    call_id: null,
    rework_of: null,
    status_reason: null,
    ...fields,
  };
}
