// @vitest-environment jsdom
import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { type Call, Refusal } from "@/realtime";
import { aCall } from "../fixtures/sampleRecords";
import { fakeClient } from "./fakeClient";
import { useLiveForm } from "./useLiveForm";
import { useRecord } from "./useRecord";
import { withClient } from "./withClient";

const FIELDS = ["title", "priority"] as const;

function openedOn(call: Call) {
  const client = fakeClient({ calls: [call] });
  const { result } = renderHook(() => useLiveForm("calls", useRecord("calls", call.id) ?? call, FIELDS), {
    wrapper: withClient(client),
  });
  return { client, result };
}

describe("useLiveForm (L5)", () => {
  it("follows live, and offers beside what is being edited, with who did it", () => {
    const { client, result } = openedOn(aCall());
    act(() => result.current.set("title", "Boiler leaks"));
    act(() =>
      client.tell("call_updated", aCall({ version: 2, title: "Boiler bursts", priority: "high", updated_by: "bea" }), {
        changed: ["title", "priority"],
        actor: { id: "bea", name: "Bea" },
        at: "2026-11-20T09:30:00.000Z",
      }),
    );
    expect(result.current.values).toEqual({ title: "Boiler leaks", priority: "high" });
    expect(result.current.offers).toEqual([
      { field: "title", theirs: "Boiler bursts", by: "bea", at: "2026-11-20T09:30:00.000Z" },
    ]);
    expect([...result.current.dirty]).toEqual(["title"]);
    act(() => result.current.keep("title"));
    expect(result.current.changes()).toEqual({ title: "Boiler leaks", expected_version: 2 });
  });

  it("saves: unconfirmed it is still mine, confirmed it is clean, refused it is still typed", () => {
    const { client, result } = openedOn(aCall());
    act(() => result.current.set("title", "Mine"));
    act(() => client.hold({ calls: [aCall({ title: "Mine" })] }, ["c1"]));
    expect(result.current.isDirty).toBe(true);
    act(() => client.hold({ calls: [aCall()] }));
    expect(result.current.values.title).toBe("Mine");
    act(() => client.hold({ calls: [aCall({ version: 2, title: "Mine" })] }));
    expect(result.current.isDirty).toBe(false);
  });

  it("shows what was wrong, and goes back to the record", () => {
    const { result } = openedOn(aCall());
    act(() => result.current.set("title", ""));
    act(() =>
      result.current.refused(
        new Refusal({ code: "invalid", message: "No.", retry: false, fields: { title: "Must not be empty." } }),
      ),
    );
    expect(result.current.errors).toEqual({ title: "Must not be empty." });
    act(() => result.current.reset());
    expect(result.current.values.title).toBe("Boiler drips");
    expect(result.current.isDirty).toBe(false);
  });

  it("holds a focused field still", () => {
    const { client, result } = openedOn(aCall());
    act(() => result.current.focus("priority"));
    act(() => client.hold({ calls: [aCall({ version: 2, priority: "urgent" })] }));
    expect(result.current.values.priority).toBe("normal");
    expect(result.current.offer("priority")?.theirs).toBe("urgent");
    act(() => result.current.blur());
    expect(result.current.values.priority).toBe("urgent");
  });
});
