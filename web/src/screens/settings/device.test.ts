import { describe, expect, it } from "vitest";
import { deviceOf, isHandheld } from "./device";

describe("the words for a device", () => {
  it.each([
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0",
      "Edge on Windows",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1 (KHTML, like Gecko) Version/17.5 Safari/605.1",
      "Safari on Mac",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1 CriOS/130.0 Mobile/15E148 Safari/604.1",
      "Chrome on iPhone",
    ],
    ["Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"],
    ["curl/8.5.0", "curl"],
    ["", "A program"],
  ])("make of %j: %s", (agent, words) => {
    expect(deviceOf(agent)).toBe(words);
  });

  it("know a phone", () => {
    expect([isHandheld("… (Linux; Android 14; Pixel 8) … Mobile"), isHandheld("… (X11; Linux x86_64) …")]).toEqual([
      true,
      false,
    ]);
  });
});
