import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { aCall, aService, aUser } from "@/realtime/fixtures/sampleRecords";
import { fakeClient } from "@/realtime/react/fakeClient";
import { type Concern, watchConcerns } from "./concerns";

const watching = (client: ReturnType<typeof fakeClient>) => {
  const told: Concern[] = [];
  const off = watchConcerns(client, "me", (concern) => told.push(concern));
  const kinds = () => told.map((concern) => ("how" in concern ? `${concern.kind} ${concern.how}` : concern.kind));
  return { kinds, off };
};

describe("what concerns me (U1)", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is a call or a repair that somebody else gives to me", () => {
    const client = fakeClient({ calls: [aCall()], services: [aService()] });
    const { kinds } = watching(client);
    client.tell("call_assigned", aCall({ assignee_id: "me" }));
    client.tell("service_updated", aService({ technician_id: "me" }));
    client.tell("call_created", aCall({ id: "c2", assignee_id: "me" }));
    expect(kinds()).toEqual(["assigned", "assigned", "assigned"]);
  });

  it("is work of mine that somebody else gives away, releases or deletes", () => {
    const mine = ["c1", "c2", "c3"].map((id) => aCall({ id, assignee_id: "me" }));
    const client = fakeClient({ calls: mine });
    const { kinds } = watching(client);
    client.tell("call_assigned", aCall({ id: "c1", assignee_id: "chiara" }));
    client.tell("call_updated", aCall({ id: "c2", assignee_id: null }));
    client.tell("call_deleted", aCall({ id: "c3", assignee_id: "me" }));
    expect(kinds()).toEqual(["taken given", "taken released", "taken deleted"]);
  });

  it("is not my own deed, nor another change of my work, nor the work of others", () => {
    const client = fakeClient({
      calls: [aCall({ id: "mine", assignee_id: "me" }), aCall({ id: "hers", assignee_id: "chiara" })],
    });
    const { kinds } = watching(client);
    client.tell("call_assigned", aCall({ id: "c9", assignee_id: "me" }), { actor: { id: "me", name: "Ana" } });
    client.tell("call_updated", aCall({ id: "mine", assignee_id: "me", priority: "urgent" }));
    client.tell("call_assigned", aCall({ id: "hers", assignee_id: "dmitri" }));
    expect(kinds()).toEqual([]);
  });

  it("knows what I took myself when somebody takes it from me", () => {
    const client = fakeClient({ calls: [aCall()] });
    const { kinds } = watching(client);
    client.tell("call_assigned", aCall({ assignee_id: "me" }), { actor: { id: "me", name: "Ana" } });
    client.tell("call_assigned", aCall({ assignee_id: "chiara" }));
    expect(kinds()).toEqual(["taken given"]);
  });

  it("learns my work anew after a snapshot, which tells no events", () => {
    const client = fakeClient({ calls: [aCall()] });
    const { kinds } = watching(client);
    client.hold({ calls: [aCall({ assignee_id: "me" })] });
    vi.runAllTimers();
    client.tell("call_updated", aCall({ assignee_id: "me", title: "Boiler drips badly" }));
    client.tell("call_updated", aCall({ assignee_id: null }));
    expect(kinds()).toEqual(["taken released"]);
  });

  it("is a change of my role by somebody else", () => {
    const client = fakeClient();
    const { kinds } = watching(client);
    client.tell("user_updated", aUser({ id: "me", role: "dispatcher" }), { changed: ["role"] });
    client.tell("user_updated", aUser({ id: "me", phone: "1" }), { changed: ["phone"] });
    client.tell("user_updated", aUser({ id: "chiara", role: "admin" }), { changed: ["role"] });
    expect(kinds()).toEqual(["role"]);
  });

  it("is told to nobody after the watch is called off", () => {
    const client = fakeClient({ calls: [aCall()] });
    const { kinds, off } = watching(client);
    off();
    client.tell("call_assigned", aCall({ assignee_id: "me" }));
    expect(kinds()).toEqual([]);
    expect(client.listeners()).toBe(0);
  });
});
