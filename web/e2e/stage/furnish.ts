// Before all tests: one database with the team in it, which each story begins with a copy of.

import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Hands } from "./http";
import { Server } from "./server";
import { CATEGORIES, emailOf, FIRST, type Name, PASSWORD, SERVICE_CATEGORIES, TEAM } from "./team";

const BUILT = fileURLToPath(new URL("../../dist/index.html", import.meta.url));
const FIRST_PASSWORD = "a password to be changed";

/** Playwright's global set-up; what it returns clears away. */
export default async function furnish(): Promise<() => Promise<void>> {
  if (!existsSync(BUILT)) throw new Error("The board has not been built: run `make install`.");
  const folder = await mkdtemp(join(tmpdir(), "callboard-e2e-"));
  const server = await Server.start(folder, {
    CALLBOARD_TENANT: "Main Street Repairs",
    CALLBOARD_ADMIN_EMAIL: emailOf(FIRST),
    CALLBOARD_ADMIN_PASSWORD: PASSWORD,
  });
  await hire(server.url);
  await server.stop();
  process.env.CALLBOARD_FURNISHED = folder;
  return () => rm(folder, { recursive: true, force: true });
}

async function hire(url: string): Promise<void> {
  const first = await Hands.of(url, FIRST);
  for (const name of Object.keys(TEAM).filter((each) => each !== FIRST) as Name[]) {
    await first.does("users", { ...TEAM[name], email: emailOf(name), password: FIRST_PASSWORD });
    const hired = await Hands.of(url, name, FIRST_PASSWORD);
    const { items } = await first.asks(`users?q=${name}`);
    const [user] = items as { id: string }[];
    await hired.does(`users/${user?.id}/change_password`, { current: FIRST_PASSWORD, new: PASSWORD });
  }
  for (const name of CATEGORIES) await first.does("categories", { name });
  for (const name of SERVICE_CATEGORIES) await first.does("service_categories", { name });
  const [me] = (await first.asks(`users?q=${FIRST}`)).items as { id: string }[];
  await first.does(`users/${me?.id}`, { display_name: TEAM[FIRST].display_name }, "PATCH");
}

/** A new folder with a copy of the furnished database. */
export async function furnished(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "callboard-e2e-"));
  const template = process.env.CALLBOARD_FURNISHED;
  if (template === undefined) throw new Error("Nothing has been furnished.");
  await cp(template, folder, { recursive: true, filter: (path) => !path.endsWith(".lock") && !path.endsWith(".sock") });
  return folder;
}
