// What an ack says of its records, in the form of guesses: it stands over the replica until the events have come.

import type { Held } from "./held";
import type { Guess } from "./optimistic";
import { type Ack, type AnyRecord, PLURALS, type Plural } from "./wire";

/** The record of the command, and the others of its change set. */
export function truthOf(ack: Ack, held: Held): Guess[] {
  const others = ack.also.filter(({ resource }) => isPlural(resource)).map(guessOf);
  const { data } = ack;
  if (data === null) return others;
  const plural = PLURALS.find((each) => held[each].has(data.id));
  return plural === undefined ? others : [{ plural, id: data.id, make: () => data }, ...others];
}

function guessOf({ resource, id, event, data }: Ack["also"][number]): Guess {
  const isGone = event.endsWith("_deleted") || event === "user_deleted_broadcast";
  return { plural: resource as Plural, id, make: () => (isGone ? undefined : (data as AnyRecord)) };
}

function isPlural(word: string): word is Plural {
  return (PLURALS as readonly string[]).includes(word);
}
