// Shows /openapi.json to people: every address, what it takes and what it answers.
"use strict";

function element(name, text, ...children) {
  const made = document.createElement(name);
  made.textContent = text;
  made.append(...children);
  return made;
}

function resolved(description, schema) {
  const name = schema?.$ref?.split("/").pop();
  return name ? description.components.schemas[name] : (schema ?? {});
}

function typeOf(schema) {
  const plain = schema.enum?.join(" | ") ?? schema.$ref?.split("/").pop() ?? schema.const ?? schema.type;
  return String(plain ?? (schema.anyOf ?? schema.allOf ?? []).map(typeOf).join(" | "));
}

function table(title, rows) {
  if (!rows.length) {
    return [];
  }
  const body = document.createElement("table");
  for (const [name, type, need] of rows) {
    body.append(element("tr", "", element("td", name), element("td", type), element("td", need ? "needed" : "")));
  }
  return [element("p", title), body];
}

function fields(description, schema) {
  const whole = resolved(description, schema);
  const needed = new Set(whole.required ?? []);
  return Object.entries(whole.properties ?? {}).map(([name, each]) => [name, typeOf(each), needed.has(name)]);
}

function operationOf(description, path, method, operation) {
  const head = element("summary", "");
  const verb = element("span", method.toUpperCase());
  verb.className = "method address";
  const address = element("span", path);
  address.className = "address";
  head.append(verb, address, ` – ${operation.summary}`);
  const parameters = (operation.parameters ?? []).map((each) => [`${each.name} (${each.in})`, typeOf(each.schema), each.required]);
  const body = operation.requestBody?.content["application/json"].schema;
  const answers = Object.entries(operation.responses).map(([status, said]) => {
    const [content] = Object.values(said.content ?? {});
    return [status, content ? typeOf(content.schema) : "", false];
  });
  return element(
    "details", "", head, element("p", operation.description ?? ""), ...table("Parameters", parameters),
    ...table("Body", body ? fields(description, body) : []), ...table("Answers", answers),
  );
}

function show(description) {
  const byTag = new Map();
  for (const [path, operations] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const tag = operation.tags[0];
      byTag.set(tag, [...(byTag.get(tag) ?? []), operationOf(description, path, method, operation)]);
    }
  }
  const page = document.getElementById("docs");
  for (const [tag, shown] of byTag) {
    page.append(element("h2", tag.replaceAll("_", " ")), ...shown);
  }
}

fetch("/openapi.json").then((response) => response.json()).then(show);
