import { describe, expect, it } from "vitest";
import { commandWord, fieldWord, kindWord, outcomeWord, priorityWord, reasonWord, roleWord, statusWord } from "./words";

describe("words of the trade (V6)", () => {
  it("say a status as people do, and a repair's in its own words", () => {
    expect(statusWord("calls", "in_progress")).toBe("In progress");
    expect(statusWord("calls", "completed")).toBe("Completed");
    expect(statusWord("services", "completed")).toBe("Ready");
  });

  it("say what a command does and to what", () => {
    expect(commandWord("assign_call")).toBe("Assign call");
    expect(commandWord("deliver_service")).toBe("Hand out repair");
    expect(commandWord("delete_service_category")).toBe("Delete repair category");
    expect(commandWord("set_availability")).toBe("Set availability");
  });

  it("have something readable for what they do not know", () => {
    expect(statusWord("calls", "on_its_way")).toBe("On its way");
    expect(commandWord("polish_boots")).toBe("Polish boots");
    expect(fieldWord("calls", "warranty_until")).toBe("warranty until");
  });

  it("leave a person's own reason as it is", () => {
    expect(reasonWord("waiting_parts")).toBe("Waiting for parts");
    expect(reasonWord("Waiting for the moon")).toBe("Waiting for the moon");
  });

  it("never show a name of the wire", () => {
    const said = [
      fieldWord("services", "estimate_minor"),
      fieldWord("calls", "assignee_id"),
      priorityWord("urgent"),
      roleWord("front_desk"),
      outcomeWord("no_fault_found"),
      kindWord("service_categories", 2),
    ];
    expect(said).toEqual(["estimate", "engineer", "Urgent", "Front desk", "No fault found", "repair categories"]);
  });
});
