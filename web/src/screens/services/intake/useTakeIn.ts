// Sends an intake: its customer first where he is new, then the repair. A refusal stands in the form, beside its field where
// it has one; a customer who was made is not made again.

import { useRef, useState } from "react";
import { standing } from "@/app/fieldErrors";
import { dropMended } from "@/app/mending";
import { useAct } from "@/app/useAct";
import type { Entry, Refusal } from "@/realtime";
import { Ids } from "@/realtime/ids";
import { useClient } from "@/realtime/react";
import type { CreateCustomer } from "@/realtime/schema";
import { numberOf } from "@/widgets/RecordNumber";
import { commandOf, type Intake } from "./intake";

/** What is wrong, by field of the form, and what belongs to none. */
export interface Faults {
  fields: Partial<Record<keyof Intake, string>>;
  sentence: string | null;
}

const NONE: Faults = { fields: {}, sentence: null };
const OTHERS: Readonly<Record<string, keyof Intake>> = {
  name: "customer_name",
  phone: "customer_phone",
  estimate_minor: "estimate",
};

/** Which customer an intake makes; null where he is ours already, or is not to be kept. */
export function customerOf(intake: Intake, id: string): (CreateCustomer & { id: string }) | null {
  if (intake.customer_id !== null || !intake.keep_customer) return null;
  return { id, name: intake.customer_name.trim(), phone: intake.customer_phone.trim() || null };
}

/** Takes devices in; `takeIn` answers the repair's id, or null where it was refused. */
export function useTakeIn(mayPrice: boolean, mend?: Entry) {
  const client = useClient();
  const act = useAct();
  const [busy, setBusy] = useState(false);
  const [faults, setFaults] = useState(() => (mend?.refusal ? faultsOf(mend.refusal) : NONE));
  const made = useRef(fresh(mend && idsOf(mend, client.records.getState().customers)));
  const refused = (refusal: Refusal) => {
    setFaults(faultsOf(refusal));
    return true;
  };
  const send = async (intake: Intake): Promise<string | null> => {
    const { ids } = made.current;
    const customer = customerOf(intake, ids.customer);
    if (customer !== null && !made.current.hasCustomer) {
      if ((await act("create_customer", customer, { quiet: true, refused })) === null) return null;
      made.current.hasCustomer = true;
    }
    const payload = { ...commandOf(intake, mayPrice), id: ids.service };
    const whole = customer === null ? payload : { ...payload, customer_id: customer.id };
    const said = ({ data }: { data: { number?: number } | null }) => `${numberOf("services", data)} taken in`;
    const outcome = await act("create_service", whole, { refused, said });
    if (outcome === null) return null;
    const sent = { command: "create_service" as const, id: ids.service };
    dropMended(client, [sent, { command: "create_customer", id: ids.customer }], mend?.op_id);
    made.current = fresh();
    return ids.service;
  };
  const takeIn = async (intake: Intake) => {
    setBusy(true);
    setFaults(NONE);
    try {
      return await send(intake);
    } finally {
      setBusy(false);
    }
  };
  return { takeIn, busy, faults, setFaults };
}

/** New ids, made here so that the records can name each other before the server has seen them (offline use). */
function fresh(before: Partial<NewIds> = {}) {
  const ids = new Ids();
  return { ids: { service: ids.next(), customer: ids.next(), ...before }, hasCustomer: false };
}

interface NewIds {
  service: string;
  customer: string;
}

/** The ids that the refused ones had: what was asked of them meanwhile finds them again. */
function idsOf({ payload, refusal }: Entry, customers: ReadonlyMap<string, unknown>): Partial<NewIds> {
  const { id, customer_id } = payload;
  return {
    ...(typeof id === "string" && refusal?.code !== "taken" && { service: id }),
    ...(typeof customer_id === "string" && !customers.has(customer_id) && { customer: customer_id }),
  };
}

/** Where a refusal belongs in the form. */
export function faultsOf({ fields: said, message }: Pick<Refusal, "fields" | "message">): Faults {
  const fields = Object.fromEntries(
    Object.entries(said ?? {}).map(([field, fault]) => [OTHERS[field] ?? field, standing(fault)]),
  );
  return { fields, sentence: Object.keys(fields).length > 0 ? null : message };
}
