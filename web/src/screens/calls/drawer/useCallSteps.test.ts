import { expect, it } from "vitest";
import { aCall } from "@/realtime/fixtures/sampleRecords";
import { neighbours } from "./useCallSteps";

const [one, two, three] = ["1", "2", "3"].map((id) => aCall({ id })) as [never, never, never];
const order = [one, two, three];

it("S2: the steps go along the order of the board and end at its ends", () => {
  expect(neighbours("1", order)).toEqual({ before: null, after: two });
  expect(neighbours("2", order)).toEqual({ before: one, after: three });
  expect(neighbours("3", order)).toEqual({ before: two, after: null });
});

it("S2: a call that the board does not show has no neighbours", () => {
  expect(neighbours("9", order)).toEqual({ before: null, after: null });
});
