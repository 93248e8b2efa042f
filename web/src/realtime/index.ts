// The client library of the board: everything others may use. No React in here; that is in `react/`.

export { hasChanged } from "./changed";
export type { Lock, Typist } from "./channels";
export type { Client, ConnectOptions, DoOptions, Status } from "./client";
export { connect } from "./connect";
export { hasReached, seqOf } from "./cursor";
export { emptyTables, type Held, nothingHeld, type Tables } from "./held";
export { type Entry, type Outcome, PATIENCE } from "./outbox";
export { type FieldChange, Refusal, Unreachable } from "./refusal";
export type { ClientStorage } from "./storage";
export {
  type Ack,
  type Activity,
  type Allowed,
  type Also,
  type AnyRecord,
  type Call,
  type Category,
  type CommandName,
  type Customer,
  type DataOf,
  type EventName,
  type EventRecord,
  type Found,
  type Insights,
  type Me,
  type Meta,
  NOUNS,
  type Note,
  type Off,
  type PayloadOf,
  type Person,
  PLURALS,
  type Plural,
  type Present,
  type Question,
  type Questions,
  type RecordOf,
  type Service,
  type ServiceCategory,
  type Session,
  type SignedIn,
  type Tenant,
  type Told,
  type User,
} from "./wire";
