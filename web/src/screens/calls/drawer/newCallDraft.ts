// What a new call holds while it is being written, kept for this tab until it is sent, and the commands it becomes.
// No React: NewCall.tsx shows it.
import { standing } from "@/app/fieldErrors";
import type { Call, CompleteCall, CreateCall, CreateCustomer, Customer } from "@/realtime/schema";

export type Priority = Call["priority"];

/** A call being written. `customerId` names one of ours; without it the name, phone and address stand for themselves. */
export interface NewCallDraft {
  title: string;
  customerId: string | null;
  customerName: string;
  customerPhone: string;
  customerAddress: string;
  /** Whether the customer joins our list with this call. */
  keepCustomer: boolean;
  description: string;
  categoryId: string | null;
  priority: Priority;
  dueAt: string | null;
  assigneeId: string | null;
  /** Solved on the phone: created and completed in one go. */
  solved: boolean;
  resolution: string;
}

export const EMPTY_DRAFT: NewCallDraft = {
  title: "",
  customerId: null,
  customerName: "",
  customerPhone: "",
  customerAddress: "",
  keepCustomer: true,
  description: "",
  categoryId: null,
  priority: "normal",
  dueAt: null,
  assigneeId: null,
  solved: false,
  resolution: "",
};

/** The caller, as one of ours. */
export const callerOf = (customer: Customer): Partial<NewCallDraft> => ({
  customerId: customer.id,
  customerName: customer.name,
  customerPhone: customer.phone ?? "",
  customerAddress: customer.address ?? "",
});

/** Whether anything was written that would be missed. */
export function isWritten(draft: NewCallDraft): boolean {
  return (Object.keys(EMPTY_DRAFT) as (keyof NewCallDraft)[]).some((key) => draft[key] !== EMPTY_DRAFT[key]);
}

type Faults = Partial<Record<keyof NewCallDraft, string>>;

/** What is still missing, said beside its field. */
export function missing(draft: NewCallDraft): Faults {
  const faults: Faults = {};
  if (!draft.title.trim()) faults.title = "Say in a few words what is wrong.";
  if (!draft.customerId && !draft.customerName.trim()) faults.customerName = "Say who is calling.";
  if (draft.solved && !draft.resolution.trim()) faults.resolution = "Say what solved it.";
  return faults;
}

/** One command that a new call becomes. */
export type Step =
  | { command: "create_customer"; payload: CreateCustomer & { id: string } }
  | { command: "create_call"; payload: CreateCall & { id: string } }
  | { command: "complete_call"; payload: CompleteCall };

const orNull = (text: string): string | null => text.trim() || null;

function newCustomer(draft: NewCallDraft, id: string): Step {
  const { customerName: name, customerPhone: phone, customerAddress: address } = draft;
  return { command: "create_customer", payload: { id, name, phone: orNull(phone), address: orNull(address) } };
}

function newCall(draft: NewCallDraft, id: string, customerId: string | null): Step {
  const own = { customer_phone: orNull(draft.customerPhone), customer_address: orNull(draft.customerAddress) };
  const payload: CreateCall & { id: string } = {
    id,
    title: draft.title,
    description: orNull(draft.description),
    category_id: draft.categoryId,
    priority: draft.priority,
    due_at: draft.dueAt,
    customer_id: customerId,
    ...own,
  };
  if (draft.customerName.trim()) payload.customer_name = draft.customerName;
  if (draft.assigneeId && !draft.solved) payload.assignee_id = draft.assigneeId;
  return { command: "create_call", payload };
}

/** The ids under which the new records are made: chosen here, so that they can name each other while offline. */
export interface NewIds {
  call: string;
  customer: string;
}

/** The commands to send, in order. */
export function steps(draft: NewCallDraft, ids: NewIds): Step[] {
  const joins = !draft.customerId && draft.keepCustomer;
  const customerId = draft.customerId ?? (joins ? ids.customer : null);
  return [
    ...(joins ? [newCustomer(draft, ids.customer)] : []),
    newCall(draft, ids.call, customerId),
    ...(draft.solved
      ? [{ command: "complete_call" as const, payload: { id: ids.call, resolution: draft.resolution } }]
      : []),
  ];
}

const FIELD_OF: Record<string, keyof NewCallDraft> = {
  title: "title",
  description: "description",
  category_id: "categoryId",
  priority: "priority",
  due_at: "dueAt",
  assignee_id: "assigneeId",
  customer_id: "customerName",
  customer_name: "customerName",
  customer_phone: "customerPhone",
  customer_address: "customerAddress",
  name: "customerName",
  phone: "customerPhone",
  address: "customerAddress",
  resolution: "resolution",
};

/** What the server found wrong, beside the fields of the form; what belongs to none is left to the sentence above. */
export function faultsOf(fields: Record<string, string> | undefined): Faults {
  const faults: Faults = {};
  for (const [field, fault] of Object.entries(fields ?? {})) {
    const own = FIELD_OF[field];
    if (own) faults[own] = standing(fault);
  }
  return faults;
}

const key = (userId: string): string => `callboard.new-call.${userId}`;

/** The draft this tab kept for this person; an unreadable one is as good as none. */
export function keptDraft(store: Storage, userId: string): NewCallDraft {
  try {
    const kept: unknown = JSON.parse(store.getItem(key(userId)) ?? "null");
    return kept && typeof kept === "object" ? { ...EMPTY_DRAFT, ...kept } : EMPTY_DRAFT;
  } catch {
    return EMPTY_DRAFT;
  }
}

/** Keeps the draft, or forgets it when nothing is written. A full store only loses the keeping. */
export function keepDraft(store: Storage, userId: string, draft: NewCallDraft): void {
  try {
    if (isWritten(draft)) store.setItem(key(userId), JSON.stringify(draft));
    else store.removeItem(key(userId));
  } catch {
    // The form itself still holds every word.
  }
}
