// What the board holds and shows: all records of all kinds, by id. A value that is never changed, only replaced; a map that
// nothing touched stays the same object, so whoever reads it can tell by identity that there is nothing to do.

import type { Plural, Records } from "./wire";

/** The records of each kind, by id. */
export type Tables = { readonly [P in Plural]: ReadonlyMap<string, Records[P]> };

/** What the board shows: the replica with the optimistic layers over it. */
export interface Held extends Tables {
  /** There is a base: the stored replica, or a snapshot. */
  readonly loaded: boolean;
  /** Names of people who have been deleted, by id. */
  readonly former: ReadonlyMap<string, string>;
  /** Ids of records with a change that the server has not confirmed. */
  readonly pending: ReadonlySet<string>;
}

/** Tables without a record. */
export function emptyTables(): Tables {
  return {
    calls: new Map(),
    categories: new Map(),
    customers: new Map(),
    notes: new Map(),
    services: new Map(),
    service_categories: new Map(),
    users: new Map(),
  };
}

/** Before anything is known. */
export const nothingHeld = (): Held => ({ ...emptyTables(), loaded: false, former: new Map(), pending: new Set() });
