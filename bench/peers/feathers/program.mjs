// Feathers as its generator lays it out: Koa, the Socket.IO transport, a Knex service on better-sqlite3. WAL and
// synchronous=FULL, so that what is acknowledged is as durable as elsewhere. A token is checked in the handshake alone,
// and everybody who is let in hears of every change.

import { feathers } from "@feathersjs/feathers";
import { KnexService } from "@feathersjs/knex";
import { koa } from "@feathersjs/koa";
import socketio from "@feathersjs/socketio";
import knex from "knex";

const EVERYBODY = "authenticated";

const database = knex({
  client: "better-sqlite3",
  connection: { filename: "bench.db" },
  useNullAsDefault: true,
  pool: {
    afterCreate(connection, done) {
      connection.pragma("journal_mode = WAL");
      connection.pragma("synchronous = FULL");
      done(null, connection);
    },
  },
});

/** The columns of a call. */
async function makeTable() {
  await database.schema.createTable("calls", (table) => {
    table.increments("id");
    for (const name of ["title", "customer_name", "description", "status_reason", "resolution"]) table.text(name);
    for (const name of ["category_id", "customer_id", "assignee_id", "service_id", "created_by"])
      table.string(name, 36);
    for (const name of ["customer_phone", "customer_address"]) table.string(name);
    for (const name of ["due_at", "assigned_at", "started_at", "completed_at", "closed_at"]) table.datetime(name);
    table.string("priority").defaultTo("normal");
    table.string("status").defaultTo("new");
    table.integer("reopened_count").defaultTo(0);
    table.datetime("created_at").defaultTo(database.fn.now());
    table.datetime("updated_at").defaultTo(database.fn.now());
  });
}

const app = koa(feathers());

function letIn(io) {
  io.use((socket, next) => {
    next(socket.handshake.auth.token === process.env.TOKEN ? undefined : new Error("not let in"));
  });
}

app.configure(socketio({ transports: ["websocket"], serveClient: false }, letIn));
app.use("calls", new KnexService({ Model: database, name: "calls", id: "id" }));
app.on("connection", (connection) => app.channel(EVERYBODY).join(connection));
app.publish(() => app.channel(EVERYBODY));

await makeTable();
await app.listen(Number(process.env.PORT), "127.0.0.1");
