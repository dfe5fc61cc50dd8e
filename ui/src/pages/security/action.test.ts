// @vitest-environment node
// The audit log in words: every action that the engine writes is known in both languages.
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";

import type { Entry } from "../../api";
import { loadText } from "../../text";
import { actionWords } from "./action";

const ENGINE = new URL("../../../../src-tauri/engine/src/", import.meta.url);

/** Calls that write an entry, each with its action as the first piece of text. */
const WRITES =
  /(?:\b(?:change|entry|note)\(\s*|\baction: |\bupdate_(?:export|segment|connection|audience)\(\s*\w+,\s*|=> )"(?<action>(?:audience|connection|consent|export|key|person|notices|retention|schedules?|segment|sample)[a-z, ]+)"/gu;

/** Every action in the source of the engine. */
function actions(): string[] {
  const found = new Set<string>();
  for (const file of readdirSync(ENGINE, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".rs")) continue;
    const source = readFileSync(new URL(file, ENGINE), "utf8");
    for (const match of source.matchAll(WRITES)) found.add(match.groups?.action ?? "");
  }
  return [...found].toSorted();
}

const entry = (action: string, subject = "Club", detail = ""): Entry => ({
  at: "2026-11-24T09:40:00Z",
  actor: "maja on LAPTOP-7",
  action,
  subject,
  detail,
});

describe.each(["en", "sv"] as const)("in %s", (language) => {
  let words: (one: Entry) => string;
  beforeAll(async () => {
    const text = await loadText(language, language, ["admin", "words"]);
    const t = text.getFixedT(language, ["admin", "words"]);
    words = (one) => actionWords(t as Parameters<typeof actionWords>[0], one);
  });

  test("the source of the engine is read", () => {
    expect(actions()).toEqual(expect.arrayContaining(["export run", "person forgotten", "key replaced, consent given"]));
    expect(actions().length).toBeGreaterThan(25);
  });

  test("every action has words", () => {
    const unknown = actions().filter((action) => words(entry(action)).startsWith(action));
    expect(unknown).toEqual([]);
  });

  test("what is not known is shown as it was written", () => {
    expect(words(entry("moon painted", "Club"))).toBe("moon painted: Club");
    expect(words(entry("moon painted", ""))).toBe("moon painted");
    expect(words(entry("export edited", "Club", "some new detail"))).toMatch(/: some new detail$/u);
  });

  test("a run says how it ended", () => {
    const said = words(entry("export run", "Club", "completed_with_errors: 3 created, 1200 updated, 4 taken off"));
    expect(said).toBe(
      language === "en"
        ? "Ran “Club”: Completed with errors, 3 created, 1,200 updated, 4 taken off"
        : "Körde ”Club”: Slutförd med fel, 3 nya, 1\u00a0200 uppdaterade, 4 borttagna",
    );
  });

  test("retention says days and what was dropped", () => {
    expect(words(entry("retention changed", "", "1 days"))).toMatch(language === "en" ? /: 1 day$/u : /: 1 dag$/u);
    expect(
      words(entry("retention applied", "", "dropped: 5 people of 2 runs, values of 3 receipts, 1 answers")),
    ).toMatch(language === "en" ? /5 people of 2 runs/u : /5 personer i 2 körningar/u);
  });
});
