import { createInstance, type TFunction } from "i18next";
import { beforeAll, describe, expect, test } from "vitest";

import type { RunDetail } from "../../../api";
import runs from "../../../text/en/runs.json";
import words from "../../../text/en/words.json";
import { counts, detail } from "../fixture";
import { codeOf, said } from "./said";

let t: TFunction<["runs", "words"]>;
beforeAll(async () => {
  const text = createInstance();
  await text.init({ lng: "en", resources: { en: { runs, words } }, ns: ["runs", "words"], defaultNS: "runs", keySeparator: false });
  t = text.getFixedT("en", ["runs", "words"]);
});

const of = (run: Partial<RunDetail["run"]>, more: Partial<RunDetail> = {}): RunDetail => ({
  ...detail,
  ...more,
  run: { ...detail.run, ...run },
});

describe("what a run came to", () => {
  test("nothing to send is said as such", () => {
    const none = { ...counts, created: 0, updated: 0, leavers_removed: 0 };
    expect(said(t, of({ status: "successful", counts: none }), [])).toEqual(["Everybody was up to date. Nothing was sent."]);
  });

  test("those who were not chosen for a try are no failure", () => {
    const detailOfTry = of({ counts: { ...counts, rejected: 0, not_attempted: 12 } });
    expect(said(t, detailOfTry, [{ outcome: "not_attempted", reason: "not_chosen", people: 10 }]).slice(0, 2)).toEqual([
      "2 people were not sent.",
      "10 people were not sent, since the run tried only some.",
    ]);
  });

  test("everything that is wrong is said", () => {
    const wrong = of({ verified: false, counts: { ...counts, leavers_failed: 1, leavers_held: 3 } });
    expect(said(t, wrong, []).slice(0, 4)).toEqual([
      "16 people were not accepted by the account.",
      "1 person could not be taken off a list.",
      "3 people who would leave wait for your decision.",
      "The account’s list sizes do not agree with what was sent.",
    ]);
  });

  test("a list place that was refused is in no class, and is said to be in the details", () => {
    expect(said(t, of({ counts: { ...counts, rejected: 0 } }), [])[0]).toBe("The account did not take everything; the details say what.");
  });

  test("a run that failed says whether anything was sent, and whether it can go on", () => {
    expect(said(t, of({ status: "failed" }, { planned_at: null }), [])).toEqual(["It stopped before anything was sent."]);
    expect(said(t, of({ status: "failed", resumable: true }), [])).toEqual([
      "It stopped.",
      "1779 people were accepted before that and are kept.",
      "It kept its place: Go on sends only what is missing.",
    ]);
  });

  test("a run that was skipped says whether its data was the reason", () => {
    expect(said(t, of({ status: "skipped", reason: "" }), [])).toEqual(["There was nothing that it could do. Nothing was sent."]);
    expect(said(t, of({ status: "skipped", reason: "bad_file: people.csv cannot be read." }), [])).toEqual([
      "Its data could not be read with the system refresh. Nothing was sent.",
    ]);
  });

  test("a run that was replaced is told from one that was canceled", () => {
    const canceled = of({ status: "canceled", counts: { ...counts, created: 0, updated: 0 } });
    expect(said(t, canceled, [])).toEqual(["It was canceled."]);
    expect(said(t, canceled, [{ outcome: "not_attempted", reason: "replaced", people: 3 }])).toEqual(["A newer run took its place."]);
  });
});

describe("the code of a run", () => {
  test("stands before its sentence, or is not there", () => {
    expect(codeOf(of({ reason: "key_refused: The account refused the key." }))).toBe("key_refused");
    expect(codeOf(of({ reason: "The account refused the key." }))).toBeNull();
    expect(codeOf(of({ reason: "" }))).toBeNull();
    expect(codeOf(of({}, { over_limit: { addresses: 2, limit: 1 } }))).toBe("over_limit");
  });
});
