// Commands in a closed loop: connections that all listen and all write, each sending its next change when the last one
// is acknowledged. In the end every connection must have heard every change, else the run has failed.

import { manyAtOnce, pause, until } from "./pace.mjs";
import { percentile } from "./percentiles.mjs";
import { watched } from "./processor.mjs";
import { writerFor } from "./writers.mjs";

const AT_ONCE = 64;
const PATIENCE_S = 120;

/** All writers of a run. */
class Loop {
  #acked = 0;
  #heard = 0;
  #waits = [];
  #waiting = 0;
  #stopped = false;

  /** Everybody connects, listens, and makes a record; `options` are those of a writer, without `salt` and `counted`. */
  async open(connections, salt, options) {
    const counted = (events) => {
      this.#heard += events;
    };
    this.writers = await manyAtOnce(connections, AT_ONCE, async (place) => {
      const writer = writerFor({ ...options, salt: `${salt}-${place}`, counted });
      await writer.opened;
      return writer;
    });
    await manyAtOnce(connections, AT_ONCE, (place) => this.writers[place].create());
  }

  /** Everybody writes, until the first second is over and everybody has had his turn. */
  async start(seconds, patience) {
    for (const writer of this.writers) this.#write(writer, 1);
    await pause(seconds);
    const all = () => this.#acked >= this.writers.length;
    await until(all, patience, () => `${this.#acked} first commands are acknowledged`);
  }

  #write(writer, n) {
    const sent = performance.now();
    this.#waiting += 1;
    writer.update(n, () => {
      this.#waiting -= 1;
      this.#acked += 1;
      this.#waits.push(performance.now() - sent);
      if (!this.#stopped) this.#write(writer, n + 1);
    });
  }

  /** Figures of so many seconds from now; waiting times in milliseconds. */
  async measure(pid, seconds) {
    const [acked, heard, began, watch] = [this.#acked, this.#heard, performance.now(), watched(pid)];
    this.#waits = [];
    await pause(seconds);
    const took = (performance.now() - began) / 1000;
    const commands = this.#acked - acked;
    return {
      commands_per_s: commands / took,
      events_per_s: (this.#heard - heard) / took,
      p50_ms: percentile(this.#waits, 0.5),
      p99_ms: percentile(this.#waits, 0.99),
      ...watch(commands),
    };
  }

  /** Everybody ends what he has begun; then each must have heard everything. */
  async stop(patience) {
    this.#stopped = true;
    await until(this.#isAnswered, patience, () => `${this.#waiting} commands are not acknowledged`);
    await until(() => this.#missing().length === 0, patience, this.#said);
    for (const writer of this.writers) writer.close();
  }

  #isAnswered = () => this.#waiting === 0;

  #missing() {
    return this.writers.filter((writer) => writer.events !== this.#acked);
  }

  #said = () => {
    const missing = this.#missing();
    return `${missing.length} have not heard all ${this.#acked} events; one has heard ${missing[0].events}`;
  };
}

/** Figures of one server with so many connections. */
export async function closedLoop({ connections, salt, pid, warm, seconds, patience = PATIENCE_S, ...options }) {
  const loop = new Loop();
  await loop.open(connections, `${salt}-${connections}`, options);
  await loop.start(warm, patience);
  const figures = await loop.measure(pid, seconds);
  await loop.stop(patience);
  return figures;
}
