// What the load itself can drive: a server that does nothing but answer. No parsing, no rights, no database: frames are
// made before the first client comes, what a turn of the loop has gathered leaves in one write for each client. No server
// that does its work can be faster, so what the load reaches here is what it could have measured anywhere.

import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";

const call = readFileSync(new URL("../event.json", import.meta.url), "utf8");
const MOST = 1000; // events in one write
const UPDATED_BYTES = 1000; // about what Callboard's own event of a changed call measures

/** One frame of text as servers send it. */
function frame(text) {
  const size = Buffer.byteLength(text);
  const header = size < 126 ? Buffer.from([0x81, size]) : Buffer.from([0x81, 126, size >> 8, size & 255]);
  return Buffer.concat([header, Buffer.from(text)]);
}

/** The same frame many times over, to be cut to as many as are wanted. */
class Prebuilt {
  constructor(text) {
    const one = frame(text);
    this.size = one.length;
    this.all = Buffer.concat(Array.from({ length: MOST }, () => one));
  }

  of(count) {
    return this.all.subarray(0, count * this.size);
  }
}

const fanned = new Prebuilt(`42["call_updated",${JSON.stringify(JSON.parse(call))}]`);
const updated = new Prebuilt(`42["call_updated",${JSON.stringify("x".repeat(UPDATED_BYTES))}]`);
const opening = Buffer.concat([
  Buffer.from("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
  frame('0{"sid":"sink","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}'),
]);
const welcome = Buffer.concat([frame('40{"sid":"sink"}'), frame('42["ready",{}]')]);
const accepted = (id) => frame(`43${id}[{"ok":true,"data":{"id":"sink"}}]`);

const clients = new Set();
let changes = 0;
let asked = [];

/** All changes of a turn, told to all and acknowledged. */
function tell() {
  const events = updated.of(changes);
  for (const client of clients) client.write(events);
  for (const [client, id] of asked) client.write(accepted(id));
  changes = 0;
  asked = [];
}

async function fan(options) {
  const { events, mode } = JSON.parse(options);
  const [times, each] = mode === "burst" ? [1, events] : [events, 1];
  for (let n = 0; n < times; n += 1) {
    for (const client of clients) client.write(fanned.of(each));
    await nextTurn();
  }
}

const commands = {
  fan: (_, __, options) => fan(options),
  create_call: (client, id) => client.write(accepted(id)),
  update_call(client, id) {
    if (changes === 0) setImmediate(tell);
    changes += 1;
    asked.push([client, id]);
  },
};

/** Clients mask with zeros, so what they send can be read as it is. */
function take(client, text) {
  if (text.startsWith("GET ")) client.write(opening);
  if (text.includes("40{")) client.write(welcome);
  for (const [, id, name, options] of text.matchAll(/42(\d*)\["(\w+)",(\{[^}]*\})/g))
    commands[name]?.(client, id, options);
}

createServer({ noDelay: true }, (client) => {
  clients.add(client);
  client.setEncoding("latin1");
  client.on("data", (text) => take(client, text));
  client.on("close", () => clients.delete(client));
  client.on("error", () => client.destroy());
}).listen({ port: Number(process.env.PORT), host: "127.0.0.1", backlog: 1024 });
