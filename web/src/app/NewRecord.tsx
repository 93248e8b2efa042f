// The intake forms over whatever is shown, as the address asks: `?new=call`, `?new=service`, `?new=customer`.
import { useState } from "react";
import type { Entry } from "@/realtime";
import { useClient, useLoaded } from "@/realtime/react";
import { part } from "./part";
import { type NewRecordState, useNewRecord } from "./useNewRecord";

const NewCall = part(() => import("@/screens/calls/drawer/NewCall"));
const NewService = part(() => import("@/screens/services/NewService"));
const NewCustomer = part(() => import("@/screens/customers/NewCustomer"));

/** The open intake form, if any. */
export function NewRecord() {
  const asked = useNewRecord();
  const loaded = useLoaded();
  // Whom it is for, or what is mended, is known once the records are.
  const isKnown = loaded || (asked.customer === undefined && asked.mend === undefined);
  if (asked.kind === null || !isKnown) return null;
  return <Form key={asked.mend} {...asked} />;
}

function Form({ kind, customer, mend, close }: NewRecordState) {
  const { outbox } = useClient();
  // As it stood when the form opened: sending it anew drops it while the form is still here.
  const [entry] = useState(() => refusedOf(outbox.entries.getState(), mend));
  const begun = { onClose: close, ...(entry && { mend: entry }) };
  if (kind === "customer") return <NewCustomer {...begun} />;
  const whole = { ...begun, ...(customer !== undefined && { customer }) };
  return kind === "call" ? <NewCall {...whole} /> : <NewService {...whole} />;
}

const refusedOf = (entries: readonly Entry[], op_id: string | undefined): Entry | undefined =>
  entries.find((entry) => entry.op_id === op_id && entry.state === "refused");
