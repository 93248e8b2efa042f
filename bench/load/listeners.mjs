// Fan-out: many who only listen. The first of them asks the server for a burst of events to everybody; the next burst
// is asked for when everybody has all of the last. A client that did not hear everything fails the run.

import { inTime, manyAtOnce } from "./pace.mjs";
import { percentile } from "./percentiles.mjs";
import { watched } from "./processor.mjs";
import { SocketIo } from "./socketio.mjs";
import { FANS } from "./vocabularies.mjs";

const AT_ONCE = 64;
const PATIENCE_S = 30;

/** Everybody who listens, and what they have heard together. */
class Audience {
  heard = 0;
  told = 0;
  #awaited = Number.POSITIVE_INFINITY;
  #complete;

  constructor(fan) {
    this.fan = fan;
  }

  async open(clients, port, token) {
    const { event, welcome } = this.fan;
    const counted = (events) => this.#counted(events);
    this.sessions = await manyAtOnce(clients, AT_ONCE, async () => {
      const session = new SocketIo(port, { token, event, welcome, counted });
      await session.opened;
      return session;
    });
  }

  /** Has one burst told to all; milliseconds from asking until the last has heard the last event. */
  async burst(events, mode, patience) {
    const asked = performance.now();
    this.told += events;
    this.#awaited = this.told * this.sessions.length;
    const complete = new Promise((resolve) => {
      this.#complete = resolve;
    });
    this.fan.ask(this.sessions[0], events, mode);
    await inTime(complete, patience, () => this.#missing());
    return performance.now() - asked;
  }

  /** Fails where somebody has heard more or less than the others. */
  check() {
    if (this.sessions.some((session) => session.events !== this.told)) throw new Error(this.#missing());
  }

  #missing() {
    const wrong = this.sessions.filter((session) => session.events !== this.told);
    return `${wrong.length} clients have not heard ${this.told} events; one has heard ${wrong[0]?.events}`;
  }

  #counted(events) {
    this.heard += events;
    if (this.heard >= this.#awaited) this.#complete();
  }
}

/** Deliveries per second of one server, the middle of all bursts. `mode` is how its events leave: "burst" or "turns". */
export async function listeners({ port, pid, peer, token, clients, patience = PATIENCE_S, warm, seconds, ...burst }) {
  const audience = new Audience(FANS[peer]);
  await audience.open(clients, port, token);
  await bursts(audience, burst, patience, warm);
  const watch = watched(pid);
  const waits = await bursts(audience, burst, patience, seconds);
  const cost = watch(waits.length * burst.events * clients);
  audience.check();
  for (const session of audience.sessions) session.close();
  return { deliveries_per_s: (clients * burst.events * 1000) / percentile(waits, 0.5), bursts: waits.length, ...cost };
}

async function bursts(audience, { events, mode }, patience, seconds) {
  const end = performance.now() + seconds * 1000;
  const waits = [];
  while (performance.now() < end) waits.push(await audience.burst(events, mode, patience));
  return waits;
}
