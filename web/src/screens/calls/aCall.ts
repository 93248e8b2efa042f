// Calls and people for tests: whole records in one line, with what the test is about said and the rest made up.
import type { Call, Present, User } from "@/realtime/schema";

/** A call; its number makes its id unless one is given. */
export function aCall(said: Partial<Call> & { number: number }): Call {
  return {
    id: `call-${said.number}`,
    tenant_id: "tenant",
    version: 1,
    created_at: "2026-11-20T08:00:00.000Z",
    created_by: "ada",
    updated_at: "2026-11-20T08:00:00.000Z",
    updated_by: "ada",
    title: `Call ${said.number}`,
    customer_name: "Corner Bakery",
    description: null,
    category_id: null,
    priority: "normal",
    status: "new",
    status_reason: null,
    customer_id: null,
    customer_phone: null,
    customer_address: null,
    assignee_id: null,
    due_at: null,
    resolution: null,
    service_id: null,
    assigned_at: null,
    started_at: null,
    completed_at: null,
    closed_at: null,
    reopened_count: 0,
    ...said,
  };
}

/** A person of the team, an engineer unless said otherwise. */
export function aUser(id: string, said: Partial<User> = {}): User {
  return {
    id,
    tenant_id: "tenant",
    number: 1,
    version: 1,
    created_at: "2026-11-20T08:00:00.000Z",
    created_by: "ada",
    updated_at: "2026-11-20T08:00:00.000Z",
    updated_by: "ada",
    email: `${id}@example.com`,
    display_name: id.charAt(0).toUpperCase() + id.slice(1),
    role: "engineer",
    phone: null,
    skills: [],
    availability: "available",
    active: true,
    must_change_password: false,
    ...said,
  };
}

/** Somebody present in a channel. */
export function aPresence(id: string, state: unknown = null): Present {
  const name = id.charAt(0).toUpperCase() + id.slice(1);
  return { user: { id, name }, state, since: "2026-11-20T08:00:00.000Z", connections: 1 };
}
