// What a story is told with: `enter("bruno")` brings somebody to a board of his own, `server` is the one they share.

import { rm } from "node:fs/promises";
import { test as base, expect } from "@playwright/test";
import { furnished } from "./furnish";
import { Hands } from "./http";
import { type Manner, Person } from "./person";
import { Server } from "./server";
import type { Name } from "./team";

interface Stage {
  server: Server;
  /** Somebody of the team, signed in and at the call board; with `path: null` he has opened nothing yet. */
  enter: (name: Name, manner?: Partial<Manner> & { path?: string | null }) => Promise<Person>;
  /** Somebody of the team who works without a screen. */
  hands: (name: Name) => Promise<Hands>;
}

export const test = base.extend<Stage>({
  // biome-ignore lint/correctness/noEmptyPattern: the way in which Playwright is told that nothing is needed
  server: async ({}, use) => {
    const folder = await furnished();
    const server = await Server.start(folder);
    await use(server);
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  },
  enter: async ({ browser, server }, use) => {
    const people: Person[] = [];
    await use(async (name, { path = "/", ...manner } = {}) => {
      const person = await Person.arrives(browser, name, { at: server.url, ...manner });
      people.push(person);
      await person.hasSignedIn();
      return path === null ? person : person.opens(path);
    });
    for (const person of people) await person.leaves();
    expect(people.flatMap((person) => person.complaints)).toEqual([]);
  },
  hands: async ({ server }, use) => {
    await use((name) => Hands.of(server.url, name));
  },
});

export { expect };
