// What concerns me, in words (U1, V6): one thing by its number and title, several by their count.
import { numberOf } from "@/widgets/RecordNumber";
import { roleWord } from "@/widgets/words";
import { type Concern, ownerOf, type Work, type WorkPlural } from "./concerns";

export interface Told {
  title: string;
  message?: string;
  /** Where one looks at it; null where there is nothing to look at. */
  address: string | null;
}

/** What a person is told of what came at once; `nameOf` names somebody by id. Never called with nothing. */
export function tellOf(concerns: readonly [Concern, ...Concern[]], nameOf: (id: string) => string): Told {
  const [first] = concerns;
  if (first.kind === "role")
    return { title: `${first.meta.actor.name} made you ${roleWord(first.role)}`, address: null };
  if (concerns.length > 1) return many(first, concerns.length);
  const number = numberOf(first.plural, first.record);
  const { name } = first.meta.actor;
  const message = `${labelOf(first.record)} · ${first.record.customer_name}`;
  const address = addressOf(first.plural, first.record);
  if (first.kind === "assigned") return { title: `${name} assigned ${number} to you`, message, address };
  if (first.how === "deleted") return { title: `${name} deleted ${number}, which was yours`, message, address: null };
  const taker = first.how === "given" ? nameOf(ownerOf(first.record) ?? "") : null;
  const title = taker === null ? `${name} took ${number} from you` : `${name} gave ${number} to ${taker}`;
  return { title: taker === name ? `${name} took over ${number} from you` : title, message, address };
}

function many(first: Concern & { plural: WorkPlural }, count: number): Told {
  const what = `${count} ${first.plural === "calls" ? "calls" : "repairs"}`;
  const address = first.plural === "calls" ? "/" : "/services";
  const { name } = first.meta.actor;
  return {
    title: first.kind === "assigned" ? `${name} assigned ${what} to you` : `${name} took ${what} from you`,
    address,
  };
}

const labelOf = (record: Work): string => ("title" in record ? record.title : record.device_type);

/** Where a piece of work is shown. */
export const addressOf = (plural: WorkPlural, record: Work): string => `/${plural}/${record.number || record.id}`;
