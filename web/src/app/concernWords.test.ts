import { describe, expect, it } from "vitest";
import type { Meta } from "@/realtime";
import { aCall, aService } from "@/realtime/fixtures/sampleRecords";
import type { Concern } from "./concerns";
import { tellOf } from "./concernWords";

const meta = { actor: { id: "chiara", name: "Chiara" } } as Meta;
const nameOf = (id: string) => ({ chiara: "Chiara", dmitri: "Dmitri" })[id] ?? "?";
const taken = (how: "given" | "released" | "deleted", assignee_id: string | null): Concern => ({
  kind: "taken",
  plural: "calls",
  record: aCall({ assignee_id }),
  meta,
  how,
});

describe("the words for what concerns me (U1, V6)", () => {
  it("name who did it, the number, the title and the customer, and lead there", () => {
    const concern: Concern = { kind: "assigned", plural: "services", record: aService({ technician_id: "me" }), meta };
    expect(tellOf([concern], nameOf)).toEqual({
      title: "Chiara assigned S-0317 to you",
      message: "Kettle · Ortiz",
      address: "/services/317",
    });
  });

  it.each([
    ["given", "dmitri", "Chiara gave C-1042 to Dmitri"],
    ["given", "chiara", "Chiara took over C-1042 from you"],
    ["released", null, "Chiara took C-1042 from you"],
    ["deleted", "me", "Chiara deleted C-1042, which was yours"],
  ] as const)("say where it went: %s to %s", (how, to, title) => {
    expect(tellOf([taken(how, to)], nameOf).title).toBe(title);
  });

  it("count where several came at once", () => {
    const one: Concern = { kind: "assigned", plural: "calls", record: aCall(), meta };
    expect(tellOf([one, one, one], nameOf)).toEqual({ title: "Chiara assigned 3 calls to you", address: "/" });
  });

  it("call a role by its word", () => {
    expect(tellOf([{ kind: "role", role: "front_desk", meta }], nameOf).title).toBe("Chiara made you Front desk");
  });
});
