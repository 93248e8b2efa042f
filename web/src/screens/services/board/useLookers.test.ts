import { describe, expect, it } from "vitest";
import type { Present } from "@/realtime/schema";
import { lookersOf } from "./useLookers";

const present = (id: string, state: unknown) =>
  ({ user: { id, name: id }, state, since: "2026-11-20T09:00:00.000Z", connections: 1 }) as unknown as Present;

describe("who looks at which repair", () => {
  it("is read out of the team's presence, without me and without calls", () => {
    const team = [
      present("me", { viewing: "services/1" }),
      present("zoe", { viewing: "services/1", mode: "viewing" }),
      present("ana", { viewing: "services/1", mode: "editing" }),
      present("bo", { viewing: "calls/1" }),
      present("cy", null),
    ];
    const lookers = lookersOf(team, "me");
    expect([...lookers.keys()]).toEqual(["1"]);
    expect(lookers.get("1")?.map(({ name, editing }) => [name, editing])).toEqual([
      ["ana", true],
      ["zoe", false],
    ]);
  });
});
