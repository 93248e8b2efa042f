// A repair for the tests of these screens: the sample, with a device and a customer that they speak of.
import { aService as sampleService } from "@/realtime/fixtures/sampleRecords";
import type { Service } from "@/realtime/schema";

/** A repair with these fields. */
export const aService = (fields: Partial<Service> = {}): Service =>
  sampleService({
    id: "0199c6a0-0000-7000-8000-000000000042",
    number: 42,
    version: 7,
    customer_name: "Zoë Müller",
    customer_phone: "+358 40 123 4567",
    device_type: "Laptop",
    reported_fault: "Does not start",
    brand: "Lenovo",
    model: "T480",
    serial_number: "PF-1X2Y",
    tracking_code: "TXZ7GAXTQDQT",
    received_at: "2026-11-18T09:00:00.000Z",
    ...fields,
  });
