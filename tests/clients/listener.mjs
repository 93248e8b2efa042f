// One listener at one door, as a program: `node listener.mjs <door> <url> <token> <cursor> <last> <names>`. Prints each event of a
// record as a line of JSON, [event, data, meta], from the cursor on, and ends after the event whose record has the id `last`.
// `names` are the events that an EventSource has to be told to listen to; a page knows them from /asyncapi.json.
import { EventSource } from "eventsource";
import { io } from "socket.io-client";
import { WebSocket } from "ws";

const [door, url, token, cursor, last, names] = process.argv.slice(2);

function hear(event, data, meta) {
  if (!meta) return;
  process.stdout.write(JSON.stringify([event, data, meta]) + "\n");
  if (data.id !== last) return;
  process.exitCode = 0;
  end();
}

let end;
const doors = {
  eventsource() {
    const authorized = (input, init) => fetch(input, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } });
    const source = new EventSource(`${url}/api/tenants/main/realtime?since=${cursor}`, { fetch: authorized });
    end = () => source.close();
    for (const event of names.split(",")) {
      source.addEventListener(event, ({ data }) => { const said = JSON.parse(data); hear(event, said.data, said.meta); });
    }
  },
  websocket() {
    const socket = new WebSocket(`${url.replace("http", "ws")}/ws`);
    end = () => socket.close();
    socket.on("open", () => socket.send(JSON.stringify({ type: "auth", token, since: cursor })));
    socket.on("message", (text) => { const { type, data, meta } = JSON.parse(text); hear(type, data, meta); });
  },
  "socket.io"() {
    const socket = io(url, { auth: (give) => give({ token, cursor }) });
    end = () => socket.close();
    socket.onAny(hear);
  },
};
process.exitCode = 1;
doors[door]();
