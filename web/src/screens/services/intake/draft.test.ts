// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { keepDraft, keptDraft } from "./draft";
import { emptyIntake } from "./intake";

const empty = emptyIntake("EUR");
const written = { ...empty, device_type: "Toaster", accessories: ["Tray"] };

beforeEach(() => sessionStorage.clear());

describe("the draft of an intake", () => {
  it("is there again for the same person, and for nobody else", () => {
    keepDraft(sessionStorage, "ana", written, empty);
    expect(keptDraft(sessionStorage, "ana", empty)).toEqual(written);
    expect(keptDraft(sessionStorage, "bo", empty)).toEqual(empty);
  });

  it("is forgotten when the form is empty again", () => {
    keepDraft(sessionStorage, "ana", written, empty);
    keepDraft(sessionStorage, "ana", empty, empty);
    expect(sessionStorage).toHaveLength(0);
  });

  it("is an empty form where what was kept cannot be read", () => {
    sessionStorage.setItem("callboard.new-repair.ana", "{half");
    expect(keptDraft(sessionStorage, "ana", empty)).toEqual(empty);
  });
});
