// Talking to the server beside the browser: to furnish the shop before a story begins, and for what others do meanwhile.

import { emailOf, PASSWORD } from "./team";

type Fields = Record<string, unknown>;

/** Somebody who works without a screen. */
export class Hands {
  private constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  static async of(url: string, name: string, password = PASSWORD): Promise<Hands> {
    const signedIn = await send(`${url}/api/login`, "POST", { email: emailOf(name), password });
    return new Hands(url, String(signedIn.token));
  }

  /** Carries out a command, such as `("calls", {...})` or `("calls/<id>/assign", {...})`; the record after it. */
  async does(path: string, fields: Fields = {}, method = "POST"): Promise<Record<string, unknown> & { id: string }> {
    const done = await send(`${this.url}/api/tenants/main/${path}`, method, fields, this.token);
    return done.data as Record<string, unknown> & { id: string };
  }

  /** Asks for something of the team, such as `calls?open=true`. */
  async asks(path: string): Promise<Fields> {
    return send(`${this.url}/api/tenants/main/${path}`, "GET", undefined, this.token);
  }

  /** Ends every session of his own but this one. */
  async endsOtherSessions(): Promise<void> {
    const sessions = (await send(`${this.url}/api/me/sessions`, "GET", undefined, this.token)).items as Fields[];
    for (const session of sessions.filter((each) => each.current !== true)) {
      await send(`${this.url}/api/me/sessions/${session.id}`, "DELETE", undefined, this.token);
    }
  }
}

async function send(url: string, method: string, body?: Fields, token?: string): Promise<Fields> {
  const headers: Record<string, string> = { "Content-Type": "application/json" };
  if (token !== undefined) headers.Authorization = `Bearer ${token}`;
  const answer = await fetch(url, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return text === "" ? {} : (JSON.parse(text) as Fields);
}
