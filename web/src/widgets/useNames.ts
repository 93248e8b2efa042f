// Names for the ids in a sentence of the journal, as the board holds them now.
import { useMemo } from "react";
import { useStore } from "zustand";
import type { Held, Plural } from "@/realtime";
import { useClient } from "@/realtime/react";
import { numberOf } from "./RecordNumber";
import type { Names } from "./sentences";

/** Names out of what is held. What is no longer there is called what it was: "a customer". */
export function namesIn(held: Pick<Held, Plural | "former">): Names {
  return {
    person: (id) => held.users.get(id)?.display_name ?? held.former.get(id) ?? "somebody",
    category: (id) => (held.categories.get(id) ?? held.service_categories.get(id))?.name ?? "a deleted category",
    customer: (id) => held.customers.get(id)?.name ?? "a deleted customer",
    number: (plural, id) => {
      const record = held[plural].get(id);
      return record ? numberOf(plural, record) : "a deleted one";
    },
  };
}

/** The names of today. Looked up when a sentence is made; a new name makes new sentences. */
export function useNames(): Names {
  const { records } = useClient();
  const users = useStore(records, (held) => held.users);
  const former = useStore(records, (held) => held.former);
  const categories = useStore(records, (held) => held.categories);
  const service_categories = useStore(records, (held) => held.service_categories);
  const customers = useStore(records, (held) => held.customers);
  return useMemo(
    () => namesIn({ ...records.getState(), users, former, categories, service_categories, customers }),
    [records, users, former, categories, service_categories, customers],
  );
}
