// Calls and people for the tests of the board, made of the samples of the binding: an id that follows from the number or
// the name, so that a test says only what it is about.
import { aCall as sampleCall, aUser as sampleUser } from "@/realtime/fixtures/sampleRecords";
import type { Call, Present, User } from "@/realtime/schema";

const capital = (id: string) => id.charAt(0).toUpperCase() + id.slice(1);

/** A call; its number makes its id unless one is given. */
export const aCall = (said: Partial<Call> & { number: number }): Call =>
  sampleCall({ id: `call-${said.number}`, title: `Call ${said.number}`, customer_name: "Corner Bakery", ...said });

/** A person of the team, an engineer unless said otherwise. */
export const aUser = (id: string, said: Partial<User> = {}): User =>
  sampleUser({ id, display_name: capital(id), role: "engineer", ...said });

/** Somebody present in a channel. */
export const aPresence = (id: string, state: unknown = null): Present => ({
  user: { id, name: capital(id) },
  state,
  since: "2026-11-20T08:00:00.000Z",
  connections: 1,
});
