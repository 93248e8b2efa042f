// The first run: from the link that the server prints to the first completed call, with nothing but a browser.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { completes, finds, takesCall } from "./stage/calls";
import { Person } from "./stage/person";
import { Server } from "./stage/server";
import { expect, test } from "./stage/stage";
import { PASSWORD } from "./stage/team";

test("S1 from the printed link to a completed call", async ({ browser }) => {
  const folder = await mkdtemp(join(tmpdir(), "callboard-e2e-"));
  const server = await Server.start(folder);
  await expect.poll(() => server.setUpLink).not.toBeNull();
  const ada = await Person.arrives(browser, "ada", { at: server.url });
  await ada.page.goto(server.setUpLink ?? "");
  await expect.poll(() => ada.page.url()).not.toContain("code=");
  await ada.writes("Team", "Harbour Repairs");
  await ada.writes("Your name", "Ada Lindqvist");
  await ada.writes("Email", "ada@example.com");
  await ada.page.getByRole("textbox", { name: "Password" }).fill(PASSWORD);
  await ada.presses(/^(Set up|Make|Create)/);
  await ada.isLive();

  await takesCall(ada, { title: "Till is stuck" });
  await completes(ada, ada.page.getByRole("region", { name: "Call C-0001" }), "Drawer freed");
  await finds(ada, "Till is stuck", "Completed");
  expect(ada.complaints).toEqual([]);
  await ada.leaves();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});
