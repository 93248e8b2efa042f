// The replica: what the server has told, and nothing else (L2, F5). Two things change it, `apply` and `replace`; both order
// by cursor alone, so events that come twice, by two doors, or again after a cut change nothing the second time.

import { seqOf } from "./cursor";
import { emptyTables, type Tables } from "./held";
import { type AnyRecord, PLURALS, type Plural, type Told, type WholeSnapshot } from "./wire";

/** One moment of the replica, immutable. */
export interface Moment {
  readonly cursor: string | null;
  readonly tables: Tables;
  readonly former: ReadonlyMap<string, string>;
}

/** Which records a batch touched, for whoever writes them down. */
export type Touched = Map<Plural, Set<string>>;

type Draft = { -readonly [P in Plural]: Map<string, AnyRecord> };

/** Holds the moment that is now. */
export class Replica {
  private current: Moment;

  constructor(moment: Moment = { cursor: null, tables: emptyTables(), former: new Map() }) {
    this.current = moment;
  }

  get now(): Moment {
    return this.current;
  }

  /** Everything anew, whatever was held before; also backwards, where the server was restored from an older copy. */
  replace(snapshot: WholeSnapshot): void {
    const tables = emptyTables() as unknown as Draft;
    for (const plural of PLURALS) {
      tables[plural] = new Map((snapshot.records[plural] ?? []).map((record: AnyRecord) => [record.id, record]));
    }
    const former = new Map(snapshot.former_users.map((user) => [user.id, user.display_name]));
    this.current = { cursor: snapshot.cursor, tables: tables as unknown as Tables, former };
  }

  /** Puts in what is newer than the place, in the order told; says which events those were and what they touched. */
  apply(told: readonly Told[]): { fresh: Told[]; touched: Touched } {
    let at = seqOf(this.current.cursor);
    const fresh: Told[] = [];
    for (const each of told) {
      const seq = seqOf(each.meta.cursor);
      if (seq <= at) continue;
      at = seq;
      fresh.push(each);
    }
    const touched: Touched = new Map();
    if (fresh.length > 0) this.current = this.withAll(fresh, touched);
    return { fresh, touched };
  }

  /** The place moves on without an event: `ready`, and the heartbeat of a quiet feed. Never backwards. */
  reach(cursor: string): boolean {
    if (seqOf(cursor) < seqOf(this.current.cursor) || cursor === this.current.cursor) return false;
    this.current = { ...this.current, cursor };
    return true;
  }

  private withAll(fresh: readonly Told[], touched: Touched): Moment {
    const tables: Draft = { ...this.current.tables } as unknown as Draft;
    let former = this.current.former;
    for (const told of fresh) {
      const { resource, id } = told.meta;
      if (!touched.has(resource)) {
        touched.set(resource, new Set());
        tables[resource] = new Map(tables[resource]);
      }
      touched.get(resource)?.add(id);
      if (isRemoval(told)) tables[resource].delete(id);
      else tables[resource].set(id, told.data as AnyRecord);
      if (resource === "users") former = formerAfter(former, told);
    }
    return { cursor: fresh.at(-1)?.meta.cursor ?? this.current.cursor, tables: tables as unknown as Tables, former };
  }
}

/** Whether the record is gone from the reader's sight after this event. */
export function isRemoval({ event }: Told): boolean {
  return event === "record_hidden" || event === "user_deleted_broadcast" || event.endsWith("_deleted");
}

function formerAfter(former: ReadonlyMap<string, string>, told: Told): ReadonlyMap<string, string> {
  const isGone = isRemoval(told);
  if (!isGone && !former.has(told.meta.id)) return former;
  const after = new Map(former);
  if (!isGone) after.delete(told.meta.id);
  else if ("display_name" in told.data) after.set(told.meta.id, told.data.display_name);
  return after;
}
