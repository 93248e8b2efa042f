import { expect, it } from "vitest";
import { type CommandName, nothingHeld } from "@/realtime";
import { aCall } from "@/realtime/fixtures/sampleRecords";
import { entryName } from "./entryName";

const held = { ...nothingHeld(), calls: new Map([["c1", aCall({ id: "c1", number: 1042 })]]) };
const named = (command: CommandName, id: string) => entryName({ command, payload: { id } }, held);

it("L4: a command that waits is called by the number of its record", () => {
  expect(named("complete_call", "c1")).toBe("Complete C-1042");
  expect(named("convert_call", "c1")).toBe("Make a repair of C-1042");
});

it("L4: one whose record has no number yet is called by its kind", () => {
  expect(named("create_call", "new")).toBe("Add call");
  expect(named("set_role", "u1")).toBe("Change role");
});
