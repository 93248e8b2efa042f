// A refused new call as it was written, to be entered anew (L4): the form it came from, out of the commands that were
// refused. No React: NewCall.tsx shows it.
import type { Entry } from "@/realtime";
import type { CompleteCall, CreateCall } from "@/realtime/schema";
import { EMPTY_DRAFT, faultsOf, type NewCallDraft, type NewIds } from "./newCallDraft";

/** A refused call, ready to be mended. */
export interface MendedCall {
  draft: NewCallDraft;
  /** The ids it had: what was asked of it meanwhile finds it again. */
  ids: Partial<NewIds>;
  faults: ReturnType<typeof faultsOf>;
  /** Why it was refused, where no field is to blame. */
  sentence: string | null;
}

/** Reads it back; `others` is the rest of the outbox, `hasCustomer` whether one is still there. */
export function mendedCall(entry: Entry, others: readonly Entry[], hasCustomer: (id: string) => boolean): MendedCall {
  const call = entry.payload as unknown as CreateCall & { id: string };
  const solution = others.find(
    ({ command, payload, state }) => command === "complete_call" && state === "refused" && payload.id === call.id,
  );
  const customerId = call.customer_id ?? null;
  const isOurs = customerId !== null && hasCustomer(customerId);
  const faults = faultsOf(entry.refusal?.fields);
  return {
    draft: {
      ...EMPTY_DRAFT,
      title: call.title,
      description: call.description ?? "",
      categoryId: call.category_id ?? null,
      priority: call.priority ?? EMPTY_DRAFT.priority,
      dueAt: call.due_at ?? null,
      assigneeId: call.assignee_id ?? null,
      customerId: isOurs ? customerId : null,
      customerName: call.customer_name ?? "",
      customerPhone: call.customer_phone ?? "",
      customerAddress: call.customer_address ?? "",
      // One who was to join our list with it and did not: then he does so now.
      keepCustomer: customerId !== null,
      solved: solution !== undefined,
      resolution: (solution?.payload as unknown as CompleteCall | undefined)?.resolution ?? "",
    },
    ids: {
      ...(entry.refusal?.code !== "taken" && { call: call.id }),
      ...(customerId !== null && !isOurs && { customer: customerId }),
    },
    faults,
    sentence: Object.keys(faults).length > 0 ? null : (entry.refusal?.message ?? null),
  };
}
