// Shows /asyncapi.json and /openapi.json to people: every command and event by resource, and the other addresses.
"use strict";

const METHODS = ["get", "post", "patch", "put", "delete"];
const page = document.getElementById("docs");
const contents = document.getElementById("contents");
const search = document.getElementById("search");

// -- making elements ---------------------------------------------------------------------------------------------------

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}

function link(text, to) {
  const made = element("a", "", text);
  made.href = to;
  return made;
}

const code = (text) => element("code", "", text);
const spoken = (name) => name.replaceAll("_", " ");
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// Text in which `words` are code.
const prose = (text) => text.split("`").map((part, place) => (place % 2 ? code(part) : part));

// -- saying what a schema is -------------------------------------------------------------------------------------------

const PLAIN = { string: "text", integer: "whole number", boolean: "true or false", object: "object", null: "null" };
const FORMATS = { "date-time": "time", date: "day" };

function limitsOf(schema) {
  const said = [];
  if (schema.maxLength) {
    said.push(`up to ${schema.maxLength} characters`);
  }
  if (schema.minimum !== undefined && schema.maximum < 1e6) {
    said.push(`${schema.minimum} to ${schema.maximum}`);
  }
  if (schema.pattern) {
    said.push(schema.pattern);
  }
  return said;
}

// What it is, as elements and text: `time or null`, `new | assigned`.
function typeOf(schema) {
  if (schema.$ref) {
    const name = schema.$ref.split("/").pop();
    return [link(name, `#schema-${name}`)];
  }
  if (schema.enum || schema.const !== undefined) {
    return [code((schema.enum ?? [schema.const]).join(" | "))];
  }
  const choices = schema.anyOf ?? schema.oneOf ?? (Array.isArray(schema.type) ? schema.type.map((type) => ({ type })) : null);
  if (choices) {
    return choices.flatMap((choice, place) => (place ? [" or ", ...typeOf(choice)] : typeOf(choice)));
  }
  if (schema.type === "array") {
    return ["list of ", ...(schema.items ? typeOf(schema.items) : ["anything"])];
  }
  return [FORMATS[schema.format] ?? PLAIN[schema.type] ?? "anything"];
}

function fieldRows(schema) {
  const needed = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, each]) => {
    const plain = (each.anyOf ?? [each]).find((choice) => choice.type !== "null") ?? each;
    const notes = [...(each.description ? [each.description] : []), ...limitsOf(plain)];
    if (each.default !== undefined && each.default !== null) {
      notes.push(`else ${JSON.stringify(each.default)}`);
    }
    const head = element("th", "", code(name), ...(needed.has(name) ? [element("span", "needed", "needed")] : []));
    head.scope = "row";
    return element("tr", "", head, element("td", "", ...typeOf(each)), element("td", "note", ...prose(notes.join(", "))));
  });
}

function fieldTable(title, schema) {
  const rows = fieldRows(schema);
  if (!rows.length) {
    return [element("p", "title", title), element("p", "note", schema.additionalProperties ? "any" : "nothing")];
  }
  return [element("p", "title", title), element("div", "wide", element("table", "", element("tbody", "", ...rows)))];
}

// -- items: each can be opened, linked to and searched for ---------------------------------------------------------------

function item(id, kind, name, summary, ...body) {
  const anchor = link("#", `#${id}`);
  anchor.className = "anchor";
  anchor.title = "Link to this";
  const head = element(
    "summary", "", element("span", `kind ${kind}`, kind), element("span", "name", name),
    element("span", "what", ...prose(summary)), anchor,
  );
  const made = element("details", "item", head, element("div", "body", ...body));
  made.id = id;
  return made;
}

function facts(...pairs) {
  const shown = pairs.filter(([, value]) => value && value.length);
  return element("dl", "", ...shown.flatMap(([name, value]) => [element("dt", "", name), element("dd", "", ...[value].flat())]));
}

function namesOf(names, prefix) {
  return names.flatMap((name, place) => [...(place ? [", "] : []), link(name, `#${prefix}-${name}`)]);
}

const schemaOf = (schemas, schema) => (schema.$ref ? schemas[schema.$ref.split("/").pop()] : schema);

// `{ok, data: …}`: what the ack's data is, without the failure that every ack may be.
function ackOf(message) {
  const [carriedOut] = message["x-ack"].args[0].oneOf;
  const data = (carriedOut.allOf?.[1] ?? carriedOut).properties?.data;
  return data ? typeOf(data) : [link("Ack", "#schema-Ack")];
}

function commandItem(schemas, message) {
  const { "x-may": may, "x-http": http, "x-tells": tells } = message;
  const [first, ...rest] = message.summary.split("\n");
  return item(
    `command-${message.name}`, "command", message.name, first,
    ...(rest.length ? [element("p", "", ...prose(rest.join(" ")))] : []),
    facts(
      ["Who may", may ? `${sentence(may)}.` : ""],
      ["HTTP", http ? [element("span", `verb ${http.method}`, http.method), " ", code(http.path)] : []],
      ["Tells", tells ? namesOf([tells], "event") : []],
      ["Ack data", ackOf(message)],
    ),
    ...fieldTable("Payload", schemaOf(schemas, message.payload.items[0])),
  );
}

function eventItem(schemas, message) {
  const told = message["x-told-to"];
  return item(
    `event-${message.name}`, "event", message.name, message.summary,
    facts(
      ["Told to", told ? `${sentence(told)}.` : "Who could read it before and may not any more."],
      ["Said by", namesOf(message["x-caused-by"] ?? [], "command")],
      ["Brings", [...typeOf(message.payload.items[0]), " and ", link("Meta", "#schema-Meta")]],
    ),
  );
}

function signalItem(schemas, message) {
  const schema = schemaOf(schemas, message.payload.items[0]);
  return item(`signal-${message.name}`, "signal", message.name, message.summary, ...fieldTable("Brings", schema));
}

function schemaItem(name, schema) {
  const choices = schema.oneOf ? [element("p", "", ...typeOf(schema))] : [];
  const body = schema.properties ? fieldTable("Fields", schema) : [element("p", "", ...typeOf(schema))];
  return item(`schema-${name}`, "record", name, schema.description ?? "", ...(choices.length ? choices : body));
}

function addressItem(schemas, path, method, operation) {
  const verb = method.toUpperCase();
  const parameters = { properties: {}, required: [] };
  for (const { name, schema, required, in: place } of operation.parameters ?? []) {
    parameters.properties[name] = { ...schema, description: schema.description ?? `in the ${place}` };
    if (required) {
      parameters.required.push(name);
    }
  }
  const body = operation.requestBody?.content["application/json"]?.schema;
  const answers = Object.entries(operation.responses).flatMap(([status, said]) => {
    const [content] = Object.values(said.content ?? {});
    const brings = content?.schema ? [": ", ...typeOf(content.schema)] : [said.description ? `: ${said.description}` : ""];
    return [element("div", "", code(status), ...brings)];
  });
  const made = item(
    `http-${method}${path.replaceAll(/[^a-z]+/g, "-")}`, verb, path, operation.summary,
    facts(["Answers", answers]),
    ...(Object.keys(parameters.properties).length ? fieldTable("Parameters", parameters) : []),
    ...(body ? fieldTable("Body", schemaOf(schemas, body)) : []),
  );
  made.querySelector(".kind").classList.add("verb");
  return made;
}

// -- sections ------------------------------------------------------------------------------------------------------------

function section(id, title, groups, lead = "") {
  const filled = groups.filter(([, items]) => items.length);
  if (!filled.length) {
    return;
  }
  const made = element("section", "", element("h2", "", title), ...(lead ? [element("p", "lead", ...prose(lead))] : []));
  made.id = id;
  made.dataset.title = title;
  for (const [name, items] of filled) {
    made.append(element("div", "group", ...(name ? [element("h3", "", name)] : []), ...items));
  }
  page.append(made);
}

function errorRows(errors) {
  return errors.map(({ code: name, status, retry, when }) => {
    const [first] = when.split("\n");
    return item(`error-${name}`, String(status), name, first.replace(/:$/, "."), element("p", "", ...prose(when)),
      element("p", "note", retry ? "The same call may succeed later." : "The same call fails again."));
  });
}

// Message by kind: what is sent with an ack is a command, what brings meta an event, else it is a signal.
function sorted(messages, tag) {
  const tagged = Object.values(messages).filter((message) => message.tags?.[0].name === tag);
  return {
    commands: tagged.filter((message) => message["x-ack"]),
    events: tagged.filter((message) => !message["x-ack"] && message.payload.items.length === 2),
    signals: tagged.filter((message) => !message["x-ack"] && message.payload.items.length === 1),
  };
}

function addressesOf(openapi, wanted) {
  return Object.entries(openapi.paths).flatMap(([path, operations]) =>
    METHODS.filter((method) => operations[method] && wanted(operations[method])).map((method) =>
      addressItem(openapi.components.schemas, path, method, operations[method]),
    ),
  );
}

function show(asyncapi, openapi) {
  const messages = asyncapi.channels.socketio.messages;
  const schemas = asyncapi.components.schemas;
  const resources = schemas.Plural.enum;
  const records = new Set();
  for (const plural of resources) {
    const { commands, events } = sorted(messages, plural);
    const record = commands[0] && events[0].payload.items[0].$ref.split("/").pop();
    records.add(record);
    section(plural, sentence(spoken(plural)), [
      ["Record", [schemaItem(record, schemas[record])]],
      ["Commands", commands.map((message) => commandItem(schemas, message))],
      ["Events", events.map((message) => eventItem(schemas, message))],
      ["Reading over HTTP", addressesOf(openapi, (each) => each.tags[0] === plural && !each.operationId)],
    ]);
  }
  section("connection", "Connections", [
    ["Commands", sorted(messages, "connection").commands.map((message) => commandItem(schemas, message))],
    ["Told without meta", sorted(messages, "signals").signals.map((message) => signalItem(schemas, message))],
    ["Every resource", sorted(messages, "feed").events.map((message) => eventItem(schemas, message))],
  ], "On Socket.IO and plain WebSocket, beside the commands of the records.");
  const tags = new Set(Object.values(openapi.paths).flatMap((each) => Object.values(each).map((one) => one.tags[0])));
  for (const tag of [...tags].filter((each) => !resources.includes(each))) {
    section(`http-${tag.replaceAll(" ", "-")}`, sentence(tag), [["", addressesOf(openapi, (each) => each.tags[0] === tag)]]);
  }
  section("errors", "When it fails", [["", errorRows(asyncapi["x-errors"])]],
    "A failed command answers `{ok: false, error: {code, message, retry}}`, in this order of what is said first.");
  const shownAbove = new Set([...records, ...shownAsItems(messages, schemas).keys()]);
  const rest = Object.entries(schemas).filter(([name]) => !shownAbove.has(name));
  section("schemas", "What else is said", [["", rest.map(([name, schema]) => schemaItem(name, schema))]]);
  mendLinks(messages, schemas);
}

// Schema → the item of the command or event that it is of.
function shownAsItems(messages, schemas) {
  const asked = Object.values(messages).filter((each) => each["x-ack"] && each.payload.items[0].$ref);
  const told = schemas.Event.oneOf.map((each) => each.$ref.split("/").pop());
  return new Map([
    ...asked.map((each) => [each.payload.items[0].$ref.split("/").pop(), `command-${each.name}`]),
    ...told.map((name) => [name, `event-${schemas[name].properties.event.const}`]),
  ]);
}

function mendLinks(messages, schemas) {
  const items = shownAsItems(messages, schemas);
  for (const each of page.querySelectorAll('a[href^="#schema-"]')) {
    const item = items.get(each.hash.slice("#schema-".length));
    if (item) {
      each.href = `#${item}`;
    }
  }
}

// -- finding ---------------------------------------------------------------------------------------------------------------

function listContents() {
  contents.append(...[...page.querySelectorAll("section")].map((each) => link(each.dataset.title, `#${each.id}`)));
}

function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const each of page.querySelectorAll(".item")) {
    each.hidden = !words.every((word) => each.textContent.toLowerCase().includes(word));
    count += each.hidden ? 0 : 1;
  }
  for (const each of page.querySelectorAll(".group, section")) {
    each.hidden = words.length > 0 && !each.querySelector(".item:not([hidden])");
  }
  for (const each of contents.children) {
    each.hidden = document.getElementById(each.hash.slice(1)).hidden;
  }
  document.getElementById("found").textContent = words.length ? `${count} found` : "";
  document.getElementById("nothing").hidden = !words.length || count > 0;
}

function openLinked() {
  const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (linked?.hidden) {
    search.value = "";
    filter();
  }
  if (linked?.matches("details")) {
    linked.open = true;
  }
  linked?.scrollIntoView();
}

async function start() {
  const answers = await Promise.all(["/asyncapi.json", "/openapi.json"].map((path) => fetch(path)));
  show(...(await Promise.all(answers.map((answer) => answer.json()))));
  listContents();
  const wanted = new URLSearchParams(location.search).get("q");
  if (wanted) {
    search.value = wanted;
    filter();
  }
  openLinked();
}

search.addEventListener("input", filter);
addEventListener("hashchange", openLinked);
addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== search) {
    event.preventDefault();
    search.focus();
  }
});
start();
