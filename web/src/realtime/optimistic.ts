// The optimistic layers: what commands that are under way will do, laid over the replica so that the board answers at once
// (L2, V5). A layer belongs to one op_id. Its ack puts the server's own word in place of the guess; it is dropped when the
// replica has reached the ack's cursor, or at once when the command is refused. It never writes the replica.

import { hasReached } from "./cursor";
import type { Held, Tables } from "./held";
import type { Moment } from "./replica";
import { type AnyRecord, PLURALS, type Plural } from "./wire";

/** What will become of one record: undefined is "not there". */
export interface Guess {
  readonly plural: Plural;
  readonly id: string;
  readonly make: (record: AnyRecord | undefined) => AnyRecord | undefined;
}

interface Layer {
  readonly guesses: readonly Guess[];
  /** The cursor of its ack, once there is one. */
  readonly settled: string | null;
}

interface Shown {
  readonly base: AnyRecord | undefined;
  readonly makes: readonly Guess["make"][];
  readonly record: AnyRecord | undefined;
}

/** All layers, in the order in which the commands were given. */
export class Optimistic {
  private layers = new Map<string, Layer>();
  private byRecord = new Map<Plural, Map<string, Guess["make"][]>>();
  private shown = new Map<string, Shown>();
  private pending: ReadonlySet<string> = new Set();
  private changes = 0;
  private last: { moment: Moment; changes: number; held: Held } | null = null;

  /** Lay a command's guesses over the replica; again with the same op_id puts them in place of the first. */
  add(op_id: string, guesses: readonly Guess[]): void {
    if (guesses.length === 0) this.layers.delete(op_id);
    else this.layers.set(op_id, { guesses, settled: null });
    this.regroup();
  }

  /** The command happened: `truth` is what the ack says of its records. */
  settle(op_id: string, cursor: string, truth: readonly Guess[]): void {
    const layer = this.layers.get(op_id);
    if (layer === undefined) return;
    const isSaid = new Set(truth.map(({ plural, id }) => `${plural}/${id}`));
    const unsaid = layer.guesses.filter(({ plural, id }) => !isSaid.has(`${plural}/${id}`)); // what was deleted, say
    this.layers.set(op_id, { guesses: [...unsaid, ...truth], settled: cursor });
    this.regroup();
  }

  /** The command did not happen, or nobody waits for it any more. */
  drop(op_id: string): void {
    if (this.layers.delete(op_id)) this.regroup();
  }

  /** Let go of what the replica has by itself now. */
  reached(cursor: string | null): void {
    this.dropSettled((settled) => hasReached(cursor, settled));
  }

  /** The replica was replaced, maybe by one of an older copy: whatever was acknowledged is in it, or is gone. */
  replaced(): void {
    this.dropSettled(() => true);
  }

  /** The replica as the board shows it; the same object while nothing changed. */
  over(moment: Moment, loaded: boolean): Held {
    const { last } = this;
    if (last?.moment === moment && last.changes === this.changes && last.held.loaded === loaded) return last.held;
    const held: Held = { ...this.tablesOver(moment), loaded, former: moment.former, pending: this.pending };
    this.last = { moment, changes: this.changes, held };
    return held;
  }

  private dropSettled(isDone: (settled: string) => boolean): void {
    const done = [...this.layers].filter(([, { settled }]) => settled !== null && isDone(settled));
    if (done.length === 0) return;
    for (const [op_id] of done) this.layers.delete(op_id);
    this.regroup();
  }

  private regroup(): void {
    this.changes += 1;
    this.byRecord = new Map();
    const pending = new Set<string>();
    for (const { guesses, settled } of this.layers.values()) {
      for (const { plural, id, make } of guesses) {
        if (settled === null) pending.add(id);
        const records = this.byRecord.get(plural) ?? new Map<string, Guess["make"][]>();
        records.set(id, [...(records.get(id) ?? []), make]);
        this.byRecord.set(plural, records);
      }
    }
    this.pending = pending;
  }

  private tablesOver(moment: Moment): Tables {
    const tables: Record<Plural, ReadonlyMap<string, AnyRecord>> = { ...moment.tables };
    const shown = new Map<string, Shown>();
    for (const plural of PLURALS) {
      const records = this.byRecord.get(plural);
      if (records !== undefined) tables[plural] = this.tableOver(plural, moment, records, shown);
    }
    this.shown = shown;
    return tables as Tables;
  }

  private tableOver(
    plural: Plural,
    moment: Moment,
    records: ReadonlyMap<string, Guess["make"][]>,
    shown: Map<string, Shown>,
  ): ReadonlyMap<string, AnyRecord> {
    const base: ReadonlyMap<string, AnyRecord> = moment.tables[plural];
    const table = new Map(base);
    for (const [id, makes] of records) {
      const key = `${plural}/${id}`;
      const one = this.madeOf(key, base.get(id), makes);
      shown.set(key, one);
      if (one.record === undefined) table.delete(id);
      else table.set(id, one.record);
    }
    return this.sameAsLast(plural, moment, table) ?? table;
  }

  /** A record is made anew only where its base or its guesses are others, so that nothing seems to change that did not. */
  private madeOf(key: string, base: AnyRecord | undefined, makes: readonly Guess["make"][]): Shown {
    const before = this.shown.get(key);
    if (before !== undefined && before.base === base && isSameList(before.makes, makes)) return before;
    return { base, makes, record: makes.reduce<AnyRecord | undefined>((record, make) => make(record), base) };
  }

  private sameAsLast(plural: Plural, moment: Moment, table: ReadonlyMap<string, AnyRecord>) {
    const { last } = this;
    if (last === null || last.moment.tables[plural] !== moment.tables[plural]) return null;
    const before: ReadonlyMap<string, AnyRecord> = last.held[plural];
    if (before.size !== table.size) return null;
    for (const key of new Set([...(this.byRecord.get(plural)?.keys() ?? [])])) {
      if (before.get(key) !== table.get(key)) return null;
    }
    return before;
  }
}

function isSameList(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((each, place) => each === other[place]);
}
