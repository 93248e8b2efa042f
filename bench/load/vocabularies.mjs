// What the servers that speak Socket.IO call the same things: making a record of one's own, changing it, hearing of it.

import { readFileSync } from "node:fs";

/** The fields of a call as all servers store them. */
export const FIELDS = { title: "Bench", customer_name: "Bench" };

const sentAs = (id, title) => `{"id":"${id}","title":"${title}"`;

const CALLBOARD = {
  event: "call_updated",
  welcome: "ready",
  accepted: '[{"ok":true',
  create: ["create_call", JSON.stringify(FIELDS)],
  idOf: (answer) => answer.data.id,
  /** An op_id with each, so that it would happen once even if it were sent again. */
  update: (id, title, once) => ["update_call", `${sentAs(id, title)},"op_id":"${once}"}`],
};

const FEATHERS = {
  event: "calls patched",
  accepted: "[null,",
  create: ["create", `"calls",${JSON.stringify(FIELDS)},{}`],
  idOf: (_, record) => record.id,
  update: (id, title) => ["patch", `"calls",${id},{"title":"${title}"},{}`],
};

export const VOCABULARIES = { callboard: CALLBOARD, sink: CALLBOARD, feathers: FEATHERS };

/** A server that was written for this measure tells an event to all, so many times, when it is asked to. */
const FAN = {
  event: "call_updated",
  ask: (session, events, mode) => session.tell("fan", JSON.stringify({ events, mode })),
};

const {
  version: _,
  assignee_id,
  category_id,
  ...call
} = JSON.parse(readFileSync(new URL("../peers/event.json", import.meta.url)));
const CALL = JSON.stringify({ channel: "team", event: "call_updated", data: call });
const accepted = (text) => {
  if (!text.startsWith(CALLBOARD.accepted)) throw new Error(`refused: ${text}`);
};

/** The whole of Callboard is asked in its own way: to call out to the channel that everybody is in, 350 bytes too. */
const CALLING_OUT = {
  event: "broadcast",
  welcome: "ready",
  ask(session, events) {
    for (let n = 0; n < events; n += 1) session.emit("broadcast", CALL, accepted);
  },
};

export const FANS = { callboard: CALLING_OUT, fanout: FAN, node: FAN, stock: FAN, sink: FAN };
