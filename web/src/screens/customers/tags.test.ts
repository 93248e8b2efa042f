import { expect, it } from "vitest";
import { tagsOf } from "./tags";

it("Tags are offered by how many customers carry them", () => {
  expect(tagsOf([{ tags: ["vip"] }, { tags: ["shop", "vip"] }, { tags: ["alley"] }])).toEqual(["vip", "alley", "shop"]);
});
