import { expect, it } from "vitest";
import { aPresence } from "./aCall";
import { lookersSentence, whoIsLooking } from "./whoIsLooking";

const at = (call: string, mode = "viewing") => ({ viewing: `calls/${call}`, mode });
const team = [
  aPresence("me", at("1")),
  aPresence("bo", at("1", "editing")),
  aPresence("ana", at("1")),
  aPresence("cy", { viewing: "services/1", mode: "viewing" }),
  aPresence("di", "gibberish"),
];

it("S2: a card knows who views and who edits its call, the reader himself left out", () => {
  const lookers = whoIsLooking(team, "me");
  expect([...lookers.keys()]).toEqual(["1"]);
  expect(lookersSentence(lookers.get("1") ?? [])).toBe("Ana is looking, Bo is editing");
});

it("U4: a call about which nothing changed keeps its very list", () => {
  const before = whoIsLooking(team, "me");
  const after = whoIsLooking([...team, aPresence("ed", at("2"))], "me", before);
  expect(after.get("1")).toBe(before.get("1"));
  expect(after.has("2")).toBe(true);
});
