// @vitest-environment node
import { expect, it } from "vitest";
import { Refusal, refusalOf } from "./refusal";

it("L4: keeps its words, and is the same again when they are read", () => {
  const words = {
    code: "invalid",
    message: "Some fields need another look.",
    retry: false,
    fields: { title: "is empty" },
  };
  const refusal = new Refusal(words);
  expect(refusal.words()).toEqual(words);
  expect(new Refusal(structuredClone(refusal.words()))).toMatchObject(words);
  expect(refusal).toBeInstanceOf(Error);
});

it("makes a sentence of what is no answer of the server", () => {
  expect(refusalOf(null, 500)).toMatchObject({ code: "internal", retry: false });
  expect(refusalOf("<html>", 503)).toMatchObject({ code: "unavailable", retry: true });
  expect(refusalOf(null, 500).message).toMatch(/try again/);
});
