// What a command will do to the records, guessed so that the board can show it before the server has answered (V5). The
// server decides; a wrong guess lives until its ack. Each guess follows the transition table of its resource (DOMAIN).
// Commands that are not named here show nothing until their event comes.

import type { Held } from "./held";
import type { Guess } from "./optimistic";
import type { AnyRecord, Call, CommandName, Note, PayloadOf, Plural, RecordOf, Service, User } from "./wire";

/** What a guess may look at. */
export interface Scene {
  readonly me: User;
  readonly held: Held;
  /** Now, as the wire writes it. */
  readonly at: string;
}

type Guesser<C extends CommandName> = (payload: PayloadOf<C>, scene: Scene) => Guess[];
type Fields<P extends Plural> = Partial<RecordOf<P>>;

/** The guesses for a command; none where nothing sensible can be said. */
export function guessesFor<C extends CommandName>(command: C, payload: PayloadOf<C>, scene: Scene): Guess[] {
  const guesser = GUESSERS[command] as Guesser<C> | undefined;
  return guesser === undefined ? [] : guesser(payload, scene);
}

/** A caller's own guess about the command's record. */
export function ownGuess(plural: Plural, id: string, make: (record: AnyRecord | undefined) => AnyRecord): Guess {
  return { plural, id, make };
}

/** Lays fields over a record that is there; one that has gone meanwhile stays gone. */
function change<P extends Plural>(
  plural: P,
  id: string,
  fields: Fields<P> | ((record: RecordOf<P>) => Fields<P>),
): Guess {
  const make = (record: AnyRecord | undefined) => {
    if (record === undefined) return undefined;
    const after = typeof fields === "function" ? fields(record as RecordOf<P>) : fields;
    return { ...record, ...after } as AnyRecord;
  };
  return { plural, id, make };
}

const create = (plural: Plural, record: AnyRecord): Guess => ({
  plural,
  id: record.id,
  make: (there) => there ?? record,
});
const remove = (plural: Plural, id: string): Guess => ({ plural, id, make: () => undefined });

/** A call's or a service's transition says why, or clears what the last one said. */
const callMoves = (id: string, status: Call["status"], fields: Fields<"calls"> = {}, reason: string | null = null) =>
  change("calls", id, { ...fields, status, status_reason: reason });
const serviceMoves = (
  id: string,
  status: Service["status"],
  fields: Fields<"services"> = {},
  reason: string | null = null,
) => change("services", id, { ...fields, status, status_reason: reason });

/** An update lays its own fields over the record: all of its payload but what stands around it. */
function update<P extends Plural>(
  plural: P,
  { id, expected_version: _, ...fields }: { id: string; expected_version?: number },
) {
  return change(plural, id, fields as Fields<P>);
}

/** What every new record has; its number is 0 until the server has given one. */
function birth(id: string, { me, at }: Scene) {
  const by = { created_at: at, created_by: me.id, updated_at: at, updated_by: me.id };
  return { id, tenant_id: me.tenant_id, number: 0, version: 0, ...by };
}

function newCall(payload: PayloadOf<"create_call">, scene: Scene): Guess[] {
  const { id, ...given } = payload;
  if (id === undefined) return [];
  const customer = given.customer_id ? scene.held.customers.get(given.customer_id) : undefined;
  const isAssigned = Boolean(given.assignee_id);
  const record: Call = {
    ...NEW_CALL,
    ...birth(id, scene),
    ...given,
    customer_name: given.customer_name ?? customer?.name ?? "",
    status: isAssigned ? "assigned" : "new",
    assigned_at: isAssigned ? scene.at : null,
  };
  return [create("calls", record)];
}

function newService(payload: PayloadOf<"create_service">, scene: Scene): Guess[] {
  const { id, ...given } = payload;
  if (id === undefined) return [];
  const customer = given.customer_id ? scene.held.customers.get(given.customer_id) : undefined;
  const customer_name = given.customer_name ?? customer?.name ?? "";
  const record: Service = { ...NEW_SERVICE, ...birth(id, scene), received_at: scene.at, ...given, customer_name };
  return [create("services", record)];
}

function newCategory(plural: "categories" | "service_categories") {
  return ({ id, ...given }: PayloadOf<"create_category">, scene: Scene): Guess[] => {
    if (id === undefined) return [];
    const last = Math.max(0, ...[...scene.held[plural].values()].map((category) => category.sort_order));
    const plain = { description: null, colour: "#868e96", icon: null, sort_order: last + 1, archived: false };
    return [create(plural, { ...plain, ...birth(id, scene), ...given })];
  };
}

function newNote({ id, ...given }: PayloadOf<"create_note">, scene: Scene): Guess[] {
  return id === undefined ? [] : [create("notes", { ...birth(id, scene), ...given } satisfies Note)];
}

function newCustomer({ id, ...given }: PayloadOf<"create_customer">, scene: Scene): Guess[] {
  if (id === undefined) return [];
  const plain = { phone: null, email: null, address: null, notes: null, tags: [] };
  return [create("customers", { ...plain, ...birth(id, scene), ...given })];
}

/** Who solves a new call as an engineer becomes its assignee. */
function completeCall({ id, resolution }: PayloadOf<"complete_call">, { me, at }: Scene): Guess[] {
  const done = (call: Call): Fields<"calls"> => {
    const takes = call.assignee_id === null && me.role === "engineer";
    const solver = takes ? { assignee_id: me.id, assigned_at: at } : {};
    return { ...solver, resolution, completed_at: at, status: "completed", status_reason: null };
  };
  return [change("calls", id, done)];
}

function reopenCall({ id, reason }: PayloadOf<"reopen_call">, { held }: Scene): Guess[] {
  const again = (call: Call): Fields<"calls"> => {
    const keeps = call.assignee_id !== null && held.users.get(call.assignee_id)?.active === true;
    const back = {
      completed_at: null,
      closed_at: null,
      reopened_count: call.reopened_count + 1,
      status_reason: reason,
    };
    return keeps ? { ...back, status: "assigned" } : { ...back, status: "new", assignee_id: null, assigned_at: null };
  };
  return [change("calls", id, again)];
}

/** Work already under way with the same assignee goes on. */
function assignCall({ id, assignee_id }: PayloadOf<"assign_call">, { at }: Scene): Guess[] {
  const given = (call: Call): Fields<"calls"> =>
    call.assignee_id === assignee_id && call.status !== "new"
      ? {}
      : { assignee_id, assigned_at: at, status: "assigned", status_reason: null };
  return [change("calls", id, given)];
}

/** A deletion that moves what used the category to another one. */
function deleteCategory(plural: "categories" | "service_categories", users: "calls" | "services") {
  return ({ id, reassign_to }: { id: string; reassign_to?: string | null }, { held }: Scene): Guess[] => {
    const gone = remove(plural, id);
    if (!reassign_to) return [gone];
    const moved = [...held[users].values()].filter((record) => record.category_id === id);
    return [gone, ...moved.map((record) => change(users, record.id, { category_id: reassign_to }))];
  };
}

function mergeCustomer({ id, into }: PayloadOf<"merge_customer">, { held }: Scene): Guess[] {
  const calls = [...held.calls.values()].filter((call) => call.customer_id === id);
  const services = [...held.services.values()].filter((service) => service.customer_id === id);
  return [
    remove("customers", id),
    ...calls.map((call) => change("calls", call.id, { customer_id: into })),
    ...services.map((service) => change("services", service.id, { customer_id: into })),
  ];
}

/** A record goes with its notes. */
function withNotes(plural: "calls" | "services") {
  return ({ id }: { id: string }, { held }: Scene): Guess[] => {
    const notes = [...held.notes.values()].filter((note) => note.resource === plural && note.record_id === id);
    return [remove(plural, id), ...notes.map((note) => remove("notes", note.id))];
  };
}

const NEW_CALL = {
  title: "",
  customer_name: "",
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
} as const;

const NEW_SERVICE = {
  category_id: null,
  customer_id: null,
  customer_phone: null,
  brand: null,
  model: null,
  serial_number: null,
  condition: null,
  accessories: [],
  status: "received",
  technician_id: null,
  promised_on: null,
  estimate_minor: null,
  price_minor: null,
  currency: null,
  outcome: null,
  work_done: null,
  tracking_code: "",
  completed_at: null,
  delivered_at: null,
  delivered_to: null,
  call_id: null,
  rework_of: null,
  status_reason: null,
} satisfies Partial<Service>;

const GUESSERS: { [C in CommandName]?: Guesser<C> } = {
  create_call: newCall,
  update_call: (payload) => [update("calls", payload)],
  assign_call: assignCall,
  claim_call: ({ id }, { me, at }) => [callMoves(id, "assigned", { assignee_id: me.id, assigned_at: at })],
  release_call: ({ id, reason }) => [callMoves(id, "new", { assignee_id: null, assigned_at: null }, reason)],
  start_call: ({ id }, { at }) => [change("calls", id, (call) => started(call, at))],
  resume_call: ({ id }, { at }) => [change("calls", id, (call) => started(call, at))],
  hold_call: ({ id, reason }) => [callMoves(id, "on_hold", {}, reason)],
  complete_call: completeCall,
  reopen_call: reopenCall,
  close_call: ({ id }, { at }) => [callMoves(id, "closed", { closed_at: at })],
  cancel_call: ({ id, reason }) => [callMoves(id, "cancelled", {}, reason)],
  delete_call: withNotes("calls"),

  create_service: newService,
  update_service: (payload) => [update("services", payload)],
  assign_service: ({ id, technician_id }) => [change("services", id, { technician_id })],
  claim_service: ({ id }, { me }) => [change("services", id, { technician_id: me.id })],
  advance_service: ({ id, status }) => [serviceMoves(id, status)],
  complete_service: ({ id, outcome, work_done }, { at }) => [
    change(
      "services",
      id,
      (service): Fields<"services"> => ({
        outcome,
        work_done: work_done || service.work_done,
        completed_at: at,
        status: "completed",
        status_reason: null,
      }),
    ),
  ],
  deliver_service: ({ id, delivered_to }, { at }) => [
    serviceMoves(id, "delivered", { delivered_to, delivered_at: at }),
  ],
  reopen_service: ({ id, reason }) => [serviceMoves(id, "in_repair", { outcome: null, completed_at: null }, reason)],
  cancel_service: ({ id, reason }) => [serviceMoves(id, "cancelled", {}, reason)],
  delete_service: withNotes("services"),

  create_category: newCategory("categories"),
  update_category: (payload) => [update("categories", payload)],
  delete_category: deleteCategory("categories", "calls"),
  create_service_category: newCategory("service_categories"),
  update_service_category: (payload) => [update("service_categories", payload)],
  delete_service_category: deleteCategory("service_categories", "services"),

  create_customer: newCustomer,
  update_customer: (payload) => [update("customers", payload)],
  delete_customer: ({ id }) => [remove("customers", id)],
  merge_customer: mergeCustomer,

  create_note: newNote,
  update_note: (payload) => [update("notes", payload)],
  delete_note: ({ id }) => [remove("notes", id)],

  update_user: (payload) => [update("users", payload)],
  set_availability: (payload) => [update("users", payload)],
  set_role: (payload) => [update("users", payload)],
  change_email: (payload) => [update("users", payload)],
};

function started(call: Call, at: string): Fields<"calls"> {
  return { status: "in_progress", status_reason: null, started_at: call.started_at ?? at };
}
