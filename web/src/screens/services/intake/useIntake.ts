// The intake form at work: its draft is kept for this tab until it is sent, and choosing a category fills in what is usual
// for it where nobody has written anything (S3).
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Entry } from "@/realtime";
import { useClient, useMe, useRecord } from "@/realtime/react";
import type { CreateService, Customer, Service } from "@/realtime/schema";
import { daysAfter } from "../days";
import { usualCurrency } from "../money";
import { useToday } from "../useToday";
import { type Defaults, defaultsOf } from "./defaults";
import { keepDraft, keptDraft } from "./draft";
import {
  customerWords,
  emptyIntake,
  type FilledIn,
  filledIn,
  type Intake,
  intakeOf,
  isWritten,
  reworkIntake,
} from "./intake";

export interface IntakeForm {
  intake: Intake;
  set: (change: Partial<Intake>) => void;
  setCategory: (id: string | null) => void;
  /** Takes a customer with his name and phone, or lets him go and leaves the words. */
  setCustomer: (customer: Customer | null) => void;
  /** What is usual for the category chosen. */
  defaults: Defaults;
  /** What the category filled in. */
  filled: FilledIn;
  /** Something was written that would be missed. */
  isWritten: boolean;
  reset: () => void;
}

/** What an intake may begin with. */
export interface IntakeBeginning {
  /** The delivered repair whose device came back. */
  reworkOf?: Service | undefined;
  /** The id of the customer whose device it is. */
  customer?: string | undefined;
  /** The refused repair that is entered anew. */
  mend?: Entry | undefined;
}

/** A new form, the kept draft, the same device again, or what was refused. */
export function useIntake({ reworkOf, customer, mend }: IntakeBeginning): IntakeForm {
  const me = useMe().id;
  const { records } = useClient();
  const today = useToday();
  const [empty] = useState(() => firstIntake(reworkOf, records.getState().services.values()));
  const isKept = reworkOf === undefined && mend === undefined;
  const [start] = useState((): Intake => {
    const { customers } = records.getState();
    if (mend !== undefined) return mendedIntake(mend, empty.currency, (id) => customers.has(id));
    if (reworkOf !== undefined) return empty;
    const whose = customer === undefined ? undefined : customers.get(customer);
    return { ...keptDraft(sessionStorage, me, empty), ...(whose && customerWords(whose)) };
  });
  const [intake, setIntake] = useState(start);
  const [filled, setFilled] = useState<FilledIn>({});
  const defaults = useDefaults(intake.category_id);
  useEffect(() => {
    if (isKept && intake !== start) keepDraft(sessionStorage, me, intake, empty);
  }, [intake, me, isKept, empty, start]);
  const set = useCallback((change: Partial<Intake>) => setIntake((now) => ({ ...now, ...change })), []);
  const setCategory = (id: string | null) => {
    const held = records.getState();
    const usual = defaultsOf(id === null ? undefined : held.service_categories.get(id), held.services.values());
    const days = id === null ? null : usual.promisedInDays;
    const wanted = { device_type: usual.device_type, promised_on: days === null ? null : daysAfter(today, days) };
    setIntake((now) => ({ ...filledIn(now, filled, wanted), category_id: id }));
    setFilled(wanted);
  };
  const reset = () => {
    // At once: the form may be gone before it is drawn again.
    if (isKept) keepDraft(sessionStorage, me, empty, empty);
    setIntake(empty);
    setFilled({});
  };
  const written = isWritten(intake, empty, filled);
  return { intake, set, setCategory, setCustomer: customerSetter(set), defaults, filled, isWritten: written, reset };
}

function firstIntake(reworkOf: Service | undefined, services: Iterable<Service>): Intake {
  const currency = usualCurrency(services);
  return reworkOf === undefined ? emptyIntake(currency) : reworkIntake(reworkOf, currency);
}

/** What is usual for a category: learnt when it is chosen, so that nothing changes under one's hands. */
function useDefaults(categoryId: string | null): Defaults {
  const { records } = useClient();
  const category = useRecord("service_categories", categoryId);
  return useMemo(() => defaultsOf(category, records.getState().services.values()), [category, records]);
}

const customerSetter = (set: IntakeForm["set"]) => (customer: Customer | null) =>
  set(customer === null ? { customer_id: null } : customerWords(customer));

function mendedIntake({ payload }: Entry, currency: string, hasCustomer: (id: string) => boolean): Intake {
  const service = payload as unknown as CreateService;
  return intakeOf(service, currency, typeof service.customer_id === "string" && hasCustomer(service.customer_id));
}
