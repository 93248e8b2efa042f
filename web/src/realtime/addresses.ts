// How commands and questions are said over HTTP (PROTOCOL section 2): made of their names, so that no table has to be kept.

import { type HttpRequest, query } from "./http";
import { type CommandName, NOUNS, PLURALS, type Plural, type Question, type Questions } from "./wire";

const BY_LENGTH = [...PLURALS].sort((one, other) => NOUNS[other].length - NOUNS[one].length);

/** The kind of record that a command is for: by its last word, else users, who alone have commands named otherwise. */
export function pluralOf(command: CommandName): Plural {
  return BY_LENGTH.find((plural) => command.endsWith(`_${NOUNS[plural]}`)) ?? "users";
}

/** What is put around a command's own fields. */
export interface Envelope {
  op_id: string;
  payload: Record<string, unknown>;
}

/** A command as a request below `/api/tenants/{slug}`. */
export function requestOf(command: CommandName, { op_id, payload }: Envelope): HttpRequest & { path: string } {
  const plural = pluralOf(command);
  const { id, expected_version, ...fields } = payload;
  const action = command.replace(new RegExp(`_${NOUNS[plural]}$`), "");
  const headers = {
    "Idempotency-Key": op_id,
    ...(expected_version !== undefined && { "If-Match": `"${expected_version}"` }),
  };
  const record = `/${plural}/${encodeURIComponent(String(id))}`;
  if (action === "create")
    return { method: "POST", path: `/${plural}`, headers, body: { ...fields, ...(id !== undefined && { id }) } };
  if (action === "update") return { method: "PATCH", path: record, headers, body: fields };
  if (action === "delete") return { method: "DELETE", path: record + query(fields), headers };
  return { method: "POST", path: `${record}/${action}`, headers, body: fields };
}

/** A question as a path below `/api/tenants/{slug}`. */
export function pathOf<Q extends Question>(question: Q, payload: Questions[Q]["payload"]): string {
  const { resource, id, ...rest } = payload as Record<string, unknown>;
  const kind = `/${resource}`;
  const record = `${kind}/${encodeURIComponent(String(id))}`;
  if (question === "search") return `/search${query(rest)}`;
  if (question === "list") return kind + query({ ...rest, after: rest.after ?? undefined });
  if (question === "count") return kind + query({ ...rest, limit: 1 });
  if (question === "get") return record;
  if (question === "explain") return `${id === undefined ? kind : record}/explain`;
  return id === undefined ? `/activity${query({ ...rest, resource })}` : `${record}/activity${query(rest)}`;
}
