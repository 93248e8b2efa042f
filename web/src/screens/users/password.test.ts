import { expect, it } from "vitest";
import { madePassword } from "./password";

it("A made password is long, grouped for reading out, and free of letters that look alike", () => {
  for (let round = 0; round < 200; round += 1) {
    expect(madePassword()).toMatch(/^[a-zA-Z3-9]{4}(-[a-zA-Z3-9]{4}){3}$/u);
    expect(madePassword()).not.toMatch(/[0O1lIoi2Z5S8B]/u);
  }
});

it("No two made passwords are the same", () => {
  expect(new Set(Array.from({ length: 500 }, madePassword)).size).toBe(500);
});
