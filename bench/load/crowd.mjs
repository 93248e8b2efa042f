// A crowd: many connections that are opened, a few at a time or all at once, and then only listen. One line of JSON on
// standard input is one wave of them, answered with one line when all are in; killing the process drops them all.

import { createInterface } from "node:readline";
import { manyAtOnce, pause } from "./pace.mjs";
import { SocketIo } from "./socketio.mjs";

const MOST_TRIES = 20;
const PATIENCE_S = 180;

const { port, token, event } = JSON.parse(process.argv[2]);
const crowd = [];

/** Opens a wave. Each is in when it is `welcome` (without one: connected), with so many `events` heard. */
async function open({ clients, atOnce, welcome, auth, events }) {
  const began = performance.now();
  const cpu = process.cpuUsage();
  let again = -clients;
  await manyAtOnce(clients, atOnce, async () => {
    const session = await comeIn(() => {
      again += 1;
      return new SocketIo(port, { token, event, welcome, auth });
    });
    if (session.events !== events) throw new Error(`${session.events} events came of ${events}`);
    crowd.push(session);
  });
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - began) / 1000, load_cpu_s: (user + system) / 1e6, again };
}

/** Who is turned away before he is in comes again as socket.io-client does: after half a second to one and a half. */
async function comeIn(knock) {
  for (let tries = 1; ; tries += 1) {
    const session = knock();
    try {
      await session.opened;
      return session;
    } catch (error) {
      if (tries === MOST_TRIES) throw error;
      await pause(0.5 + Math.random());
    }
  }
}

function giveUp() {
  throw new Error(`${PATIENCE_S} s were not enough for a wave`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const late = setTimeout(giveUp, PATIENCE_S * 1000);
  console.log(JSON.stringify(await open(JSON.parse(line))));
  clearTimeout(late);
}
