// The ground that all stories stand on.
import { expect, test } from "./stage/stage";

test("U6 nothing that the page loads comes from elsewhere, and no policy is broken", async ({ enter, server }) => {
  const ada = await enter("ada", { path: null });
  const asked: string[] = [];
  ada.page.on("request", (request) => asked.push(request.url()));
  await ada.page.goto("/signin");
  await expect(ada.page.getByRole("button", { name: "Sign in" })).toBeVisible();
  expect(asked.length).toBeGreaterThan(2);
  expect(asked.filter((url) => !url.startsWith(`${server.url}/`) && !url.startsWith("data:"))).toEqual([]);
});

test("S1 whoever signs in stands before the live call board", async ({ enter }) => {
  const ada = await enter("ada", { path: null });
  await ada.context.clearCookies();
  await ada.page.goto("/calls/12?priority=high");
  await ada.page.getByLabel("Email").fill("ada@example.com");
  await ada.page.getByRole("textbox", { name: "Password" }).fill("seven horses and a cart");
  await ada.page.getByRole("button", { name: "Sign in" }).click();
  await ada.isLive();
});
