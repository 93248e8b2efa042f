import { expect, it } from "vitest";
import { aCall, aUser } from "./aCall";
import { STATUSES } from "./filters";
import { commandOf, commandsFrom, moveToColumn, moveToPerson } from "./moves";

const from = (status: (typeof STATUSES)[number]) => aCall({ number: 1, status, assignee_id: "bo" });

it("S2: a move that needs no words is a command", () => {
  expect(moveToColumn(from("new"), "assigned")).toEqual({ kind: "command", command: "claim_call" });
  expect(moveToColumn(from("assigned"), "in_progress")).toEqual({ kind: "command", command: "start_call" });
  expect(moveToColumn(from("on_hold"), "in_progress")).toEqual({ kind: "command", command: "resume_call" });
  expect(moveToColumn(from("completed"), "closed")).toEqual({ kind: "command", command: "close_call" });
});

it("S2: a move that needs words opens its dialog", () => {
  expect(commandOf(moveToColumn(from("in_progress"), "on_hold"))).toBe("hold_call");
  expect(commandOf(moveToColumn(from("new"), "completed"))).toBe("complete_call");
  expect(commandOf(moveToColumn(from("assigned"), "new"))).toBe("release_call");
  expect(commandOf(moveToColumn(from("closed"), "assigned"))).toBe("reopen_call");
});

it("V6: a move that makes no sense says what to do instead", () => {
  for (const status of STATUSES) {
    for (const to of STATUSES) {
      const move = moveToColumn(from(status), to);
      if (status === to) expect(move.kind).toBe("nothing");
      else if (move.kind === "refused") expect(move.why).toMatch(/\.$/);
      else expect(commandOf(move)).not.toBeNull();
    }
  }
});

it("S2: an open call goes to another person, not to the one who has it", () => {
  expect(moveToPerson(from("in_progress"), aUser("ana"))).toEqual({ kind: "assign", to: "ana" });
  expect(moveToPerson(from("in_progress"), aUser("bo"))).toEqual({ kind: "nothing" });
  expect(moveToPerson(from("completed"), aUser("ana")).kind).toBe("refused");
});

it("S2: the menu of a card offers what its status allows", () => {
  expect(commandsFrom("new")).toEqual(["claim_call", "complete_call", "cancel_call"]);
  expect(commandsFrom("on_hold")).toEqual(["resume_call", "complete_call", "release_call", "cancel_call"]);
  expect(commandsFrom("completed")).toEqual(["close_call", "reopen_call"]);
});
