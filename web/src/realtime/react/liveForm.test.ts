// L5 by its rules, and then by a thousand random days of two people at one record.
import { describe, expect, it } from "vitest";
import {
  authored,
  changesOf,
  entered,
  type FormState,
  focusedOn,
  isDirty,
  kept,
  offersOf,
  openForm,
  refusedWith,
  seen,
  sent,
  shownIn,
  taken,
} from "./liveForm";

type Field = "title" | "priority" | "note";
const FIELDS: readonly Field[] = ["title", "priority", "note"];

const record = (version: number, change: Partial<Record<Field, string | null>> = {}) => ({
  id: "c1",
  version,
  updated_by: "ana",
  updated_at: `at ${version}`,
  title: "Boiler drips",
  priority: "normal",
  note: null,
  ...change,
});
const opened = () => openForm(record(1), FIELDS);
const values = (form: FormState<Field>) => Object.fromEntries(FIELDS.map((field) => [field, shownIn(form, field)]));

describe("a form over a live record (L5)", () => {
  it("follows a live change where nobody is editing", () => {
    const form = seen(opened(), record(2, { priority: "high" }), false);
    expect(values(form)).toEqual({ title: "Boiler drips", priority: "high", note: null });
    expect(offersOf(form)).toEqual([]);
    expect(changesOf(form)).toEqual({ expected_version: 2 });
  });

  it("never touches a field with something entered: the change is offered beside it", () => {
    const form = seen(entered(opened(), "title", "Boiler leaks"), record(2, { title: "Boiler bursts" }), false);
    expect(shownIn(form, "title")).toBe("Boiler leaks");
    expect(offersOf(form)).toEqual([{ field: "title", theirs: "Boiler bursts", by: "ana", at: "at 2" }]);
  });

  it("never touches a field that has the focus, changed or not", () => {
    const form = seen(focusedOn(opened(), "title"), record(2, { title: "Boiler bursts" }), false);
    expect(shownIn(form, "title")).toBe("Boiler drips");
    expect(offersOf(form)).toHaveLength(1);
  });

  it("lets an untouched field follow once the focus has left it", () => {
    const form = focusedOn(seen(focusedOn(opened(), "title"), record(2, { title: "Boiler bursts" }), false), null);
    expect(shownIn(form, "title")).toBe("Boiler bursts");
    expect(offersOf(form)).toEqual([]);
  });

  it("offers nothing where both entered the same", () => {
    const form = seen(entered(opened(), "priority", "high"), record(2, { priority: "high" }), false);
    expect(offersOf(form)).toEqual([]);
    expect(isDirty(form, "priority")).toBe(false);
  });

  it("withdraws an offer that was taken back", () => {
    const offered = seen(entered(opened(), "title", "Mine"), record(2, { title: "Hers" }), false);
    const form = seen(offered, record(3), false);
    expect(offersOf(form)).toEqual([]);
    expect(changesOf(form)).toEqual({ title: "Mine", expected_version: 3 });
  });

  it("names the author that an event names, not whoever changed another field last", () => {
    let form = seen(
      entered(opened(), "title", "Mine"),
      { ...record(3, { title: "Hers" }), updated_by: "bruno" },
      false,
    );
    form = authored(form, { fields: ["title"], by: "chiara", at: "at 2", version: 2 });
    form = authored(form, { fields: ["priority"], by: "bruno", at: "at 3", version: 3 });
    expect(offersOf(form)[0]).toMatchObject({ by: "chiara", at: "at 2" });
  });

  it("names the author also where the event comes before the record is seen", () => {
    let form = entered(opened(), "title", "Mine");
    form = authored(form, { fields: ["title"], by: "chiara", at: "at 2", version: 2 });
    form = seen(form, { ...record(3, { title: "Hers" }), updated_by: "bruno" }, false);
    expect(offersOf(form)[0]).toMatchObject({ by: "chiara", at: "at 2" });
    form = seen(form, { ...record(4, { title: "His" }), updated_by: "bruno" }, false);
    expect(offersOf(form)[0]).toMatchObject({ by: "bruno", at: "at 4" });
  });

  it("begins anew with another record", () => {
    const form = seen(entered(opened(), "title", "Mine"), { ...record(7), id: "c2" }, false);
    expect(shownIn(form, "title")).toBe("Boiler drips");
    expect(changesOf(form)).toEqual({ expected_version: 7 });
  });
});

describe("what is sent (L5)", () => {
  it("is only what was changed, with the version that it is based on", () => {
    expect(changesOf(entered(opened(), "priority", "high"))).toEqual({ priority: "high", expected_version: 1 });
  });

  it("moves along with changes of other fields, which cannot conflict", () => {
    const form = seen(entered(opened(), "priority", "high"), record(4, { title: "Hers" }), false);
    expect(changesOf(form)).toEqual({ priority: "high", expected_version: 4 });
  });

  it("stays at the old version while an offer is unanswered, so that the server refuses it", () => {
    const form = seen(entered(opened(), "title", "Mine"), record(2, { title: "Hers" }), false);
    expect(changesOf(form)).toEqual({ title: "Mine", expected_version: 1 });
  });

  it("is based on the newer version after 'keep yours', so that it wins", () => {
    const form = kept(seen(entered(opened(), "title", "Mine"), record(2, { title: "Hers" }), false), "title");
    expect(offersOf(form)).toEqual([]);
    expect(changesOf(form)).toEqual({ title: "Mine", expected_version: 2 });
  });

  it("holds nothing of a field after 'take hers'", () => {
    const form = taken(seen(entered(opened(), "title", "Mine"), record(2, { title: "Hers" }), false), "title");
    expect(shownIn(form, "title")).toBe("Hers");
    expect(changesOf(form)).toEqual({ expected_version: 2 });
  });

  it("puts back what a focused field showed after 'keep yours'", () => {
    const form = kept(seen(focusedOn(opened(), "title"), record(2, { title: "Hers" }), false), "title");
    expect(changesOf(form)).toEqual({ title: "Boiler drips", expected_version: 2 });
  });

  it("may name some of the fields, with their own version", () => {
    let form = entered(entered(opened(), "title", "Mine"), "priority", "high");
    form = seen(form, record(2, { title: "Hers" }), false);
    expect(changesOf(form, ["priority"])).toEqual({ priority: "high", expected_version: 2 });
  });

  it("sends an emptied text as none, and takes none and empty for the same", () => {
    expect(changesOf(entered(opened(), "title", ""))).toEqual({ title: null, expected_version: 1 });
    expect(isDirty(entered(opened(), "note", ""), "note")).toBe(false);
  });
});

describe("a save under way (L4, L5)", () => {
  const saving = () => seen(entered(opened(), "title", "Mine"), record(1, { title: "Mine" }), true);

  it("is not taken for saved while it is unconfirmed", () => {
    expect(isDirty(saving(), "title")).toBe(true);
    expect(offersOf(saving())).toEqual([]);
  });

  it("keeps what was entered when it is taken back", () => {
    const form = seen(saving(), record(1), false);
    expect(shownIn(form, "title")).toBe("Mine");
    expect(isDirty(form, "title")).toBe(true);
  });

  it("keeps it also when the focus moves in between", () => {
    const form = seen(focusedOn(saving(), "priority"), record(1), false);
    expect(shownIn(form, "title")).toBe("Mine");
  });

  it("is clean when it is confirmed", () => {
    const form = seen(saving(), record(2, { title: "Mine" }), false);
    expect(isDirty(form, "title")).toBe(false);
    expect(changesOf(form)).toEqual({ expected_version: 2 });
  });

  it("counts as saved when it is kept to be sent later", () => {
    const form = sent(entered(opened(), "title", "Mine"));
    expect(isDirty(form, "title")).toBe(false);
    expect(shownIn(form, "title")).toBe("Mine");
  });

  it("turns a conflict into offers with who and when", () => {
    const form = refusedWith(entered(opened(), "title", "Mine"), {
      current: record(3, { title: "Hers", priority: "high" }),
      changes: [{ field: "title", now: "Hers", by: { id: "chiara" }, at: "at 2" }],
    });
    expect(shownIn(form, "title")).toBe("Mine");
    expect(shownIn(form, "priority")).toBe("high");
    expect(offersOf(form)).toEqual([{ field: "title", theirs: "Hers", by: "chiara", at: "at 2" }]);
    expect(changesOf(kept(form, "title"))).toEqual({ title: "Mine", expected_version: 3 });
  });

  it("shows what is wrong at its field until it is entered anew", () => {
    const form = refusedWith(opened(), { fields: { title: "Must not be empty.", elsewhere: "No." } });
    expect(form.errors).toEqual({ title: "Must not be empty." });
    expect(entered(form, "title", "x").errors).toEqual({});
  });
});

describe("two people at one record, at random (L5)", () => {
  const random = (seed: number) => () => {
    seed = (seed * 1664525 + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };

  /** A server as PROTOCOL 2 describes it: refuses where the version is stale and fields overlap. */
  class Server {
    version = 1;
    values: Record<Field, string | null> = { title: "a", priority: "a", note: null };
    touched: Record<Field, number> = { title: 1, priority: 1, note: 1 };

    record = () => ({ ...record(this.version), ...this.values });
    update(changes: Partial<Record<Field, unknown>>, expected: number): boolean {
      const fields = FIELDS.filter((field) => field in changes);
      if (fields.some((field) => this.touched[field] > expected)) return false;
      if (fields.length > 0) this.version += 1;
      for (const field of fields) {
        this.values[field] = changes[field] as string | null;
        this.touched[field] = this.version;
      }
      return true;
    }
  }

  it("loses nothing that was entered, and overwrites nothing that was not seen", () => {
    for (let seed = 1; seed <= 1000; seed++) {
      const next = random(seed);
      const one = <T>(list: readonly T[]) => list[Math.floor(next() * list.length)] as T;
      const server = new Server();
      let form = openForm(server.record(), FIELDS);
      const mine = new Map<Field, unknown>();

      for (let turn = 0; turn < 40; turn++) {
        const field = one(FIELDS);
        const deed = one(["other", "other", "hear", "enter", "keep", "take", "save", "focus"]);
        if (deed === "other") server.update({ [field]: one(["a", "b", "c"]) }, server.version);
        if (deed === "hear") form = seen(form, server.record(), false);
        if (deed === "focus") form = focusedOn(form, one([...FIELDS, null]));
        if (deed === "enter") {
          const value = one(["a", "b", "d"]);
          mine.set(field, value);
          form = entered(form, field, value);
        }
        if (deed === "keep" && offersOf(form).some((offer) => offer.field === field)) {
          mine.set(field, shownIn(form, field));
          form = kept(form, field);
        }
        if (deed === "take" && offersOf(form).some((offer) => offer.field === field)) {
          mine.delete(field);
          form = taken(form, field);
        }
        if (deed === "save") {
          const { expected_version, ...changes } = changesOf(form);
          const before = { ...server.values };
          const done = server.update(changes, expected_version);
          for (const sentField of Object.keys(changes) as Field[])
            if (done) expect(before[sentField], `seed ${seed}: overwritten unseen`).toBe(form.base[sentField]);
          if (done || next() < 0.5) form = seen(form, server.record(), false);
          else form = refusedWith(form, { current: server.record(), changes: [] });
        }
        for (const each of FIELDS) {
          if (mine.get(each) === form.live[each] || mine.get(each) === form.base[each]) mine.delete(each);
          if (mine.has(each)) expect(shownIn(form, each), `seed ${seed}: lost`).toBe(mine.get(each));
        }
      }
      // However it went: answer every offer, save, and both sides are the same.
      form = seen(focusedOn(form, null), server.record(), false);
      for (const offer of offersOf(form)) form = kept(form, offer.field);
      const { expected_version, ...changes } = changesOf(form);
      expect(server.update(changes, expected_version)).toBe(true);
      form = seen(form, server.record(), false);
      expect(values(form)).toEqual(server.values);
      expect(FIELDS.some((field) => isDirty(form, field))).toBe(false);
    }
  });
});
