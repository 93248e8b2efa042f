// Networks fail: nothing is lost, nothing comes twice, and people read how it stands (L3, L4, L7).
import { card, completes, finds, opensCall, takesCall } from "./stage/calls";
import { expect, test } from "./stage/stage";

const CUT_MS = 20_000;

test("L4 what is done while the network is cut is sent in order when it is back, once", async ({
  enter,
  hands,
  server,
}) => {
  test.slow();
  const hanna = await hands("hanna");
  await hanna.does("calls", { title: "Till is stuck", customer_name: "Ms. Gray" });
  const [bruno, ada] = [await enter("bruno", { at: server.line.url }), await enter("ada")];
  await bruno.sitsAWhile();
  server.line.cut();
  const since = Date.now();
  await bruno.reads(/Reconnecting|Offline/);

  await takesCall(bruno, { title: "Scanner does not read" });
  await takesCall(bruno, { title: "Badge printer is empty" });
  const drawer = await opensCall(bruno, "Till is stuck");
  await completes(bruno, drawer, "Drawer freed");
  await finds(bruno, "Till is stuck", "Completed");
  await bruno.reads(/[1-9] waiting/);
  await hanna.does("calls", { title: "Phone rings twice", customer_name: "Mr. Brown" });
  await finds(ada, "Phone rings twice", "New");
  await expect(card(bruno, "Phone rings twice")).toHaveCount(0);
  await expect(card(ada, "Scanner does not read")).toHaveCount(0);
  await expect.poll(() => Date.now() - since, { timeout: CUT_MS + 5_000, intervals: [500] }).toBeGreaterThan(CUT_MS);

  server.line.mend();
  await bruno.isLive();
  for (const title of ["Scanner does not read", "Badge printer is empty", "Phone rings twice"]) {
    await finds(ada, title, "New");
    await finds(bruno, title, "New");
  }
  await finds(ada, "Till is stuck", "Completed");
  await expect(bruno.connection).not.toContainText("waiting");
  const calls = (await hanna.asks("calls?sort=number")).items as { title: string; number: number }[];
  expect(calls.map((each) => each.title)).toEqual([
    "Till is stuck",
    "Phone rings twice",
    "Scanner does not read",
    "Badge printer is empty",
  ]);
});

test("L4 what was waiting is still there after the page was closed and opened again", async ({ enter, server }) => {
  const bruno = await enter("bruno", { at: server.line.url });
  await bruno.sitsAWhile();
  server.line.cut();
  await bruno.reads(/Reconnecting|Offline/);
  await takesCall(bruno, { title: "Scanner does not read" });
  await bruno.reads(/[1-9] waiting/);
  await bruno.page.close();
  server.line.mend();
  const again = await bruno.opensAnotherPage();
  await again.isLive();
  await finds(again, "Scanner does not read", "New");
  await expect(again.connection).not.toContainText("waiting");
});

test("L4 what the server refuses on return is taken back and says why", async ({ enter, hands, server }) => {
  const call = await (await hands("hanna")).does("calls", { title: "Till is stuck", customer_name: "Ms. Gray" });
  const dmitri = await enter("dmitri", { at: server.line.url });
  const drawer = await opensCall(dmitri, "Till is stuck");
  await dmitri.sitsAWhile();
  server.line.cut();
  await dmitri.reads(/Reconnecting|Offline/);
  await dmitri.presses("Take it", drawer);
  await finds(dmitri, "Till is stuck", "Assigned");
  const bruno = await hands("bruno");
  await bruno.does(`calls/${call.id}/cancel`, { reason: "He called again" });
  server.line.mend();
  await dmitri.isLive();
  await expect(dmitri.page.getByRole("alert").first()).toBeVisible();
  await expect(card(dmitri, "Till is stuck")).toHaveCount(0);
});

test("L3 where no WebSocket gets through it comes as a stream, where no stream does by polling, and back again", async ({
  enter,
  hands,
  server,
}) => {
  test.slow();
  const hanna = await hands("hanna");
  const bruno = await enter("bruno", { at: server.line.url });
  const hears = async (title: string) => {
    await hanna.does("calls", { title, customer_name: "Ms. Gray" });
    await finds(bruno, title, "New");
  };
  await hears("By socket");
  server.line.refuse("sockets");
  await bruno.reads(/Live|Reconnecting/);
  await hears("By stream");
  await takesCall(bruno, { title: "Sent beside the stream" });
  await finds(bruno, "Sent beside the stream", "New");
  server.line.refuse("sockets", "streams");
  await hears("By polling");
  await bruno.reads("Polling");
  server.line.refuse();
  await bruno.reads("Live");
  await hears("By socket again");
  const calls = (await hanna.asks("calls")).items as unknown[];
  expect(calls).toHaveLength(5);
  await expect(bruno.page.getByRole("article")).toHaveCount(5);
});
