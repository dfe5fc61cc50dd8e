// @vitest-environment node
// Every code that a page may meet has words in both languages: the codes are read from the engine's source, so
// that a new one without words fails here.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import en from "./en/errors.json";
import sv from "./sv/errors.json";

/** Codes of the shell and of the window itself. */
const OURS = ["engine_gone", "busy", "changed_elsewhere", "plan_changed"];
const PARTS = ["title", "happened", "sent", "todo"];

/** The codes of the engine, as they are serialized. */
function codes(): string[] {
  const source = readFileSync(new URL("../../../src-tauri/engine/src/error.rs", import.meta.url), "utf8");
  const body = /pub enum Code \{(?<body>.*?)\n\}/su.exec(source)?.groups?.body ?? "";
  return [...body.matchAll(/^ {4}(?<name>[A-Z]\w*),$/gmu)].map((match) =>
    (match.groups?.name ?? "").replaceAll(/(?!^)[A-Z]/gu, (letter) => `_${letter}`).toLowerCase(),
  );
}

describe.each([
  ["en", en as Record<string, string>],
  ["sv", sv as Record<string, string>],
])("in %s", (_, words) => {
  test("the source of the engine is read", () => {
    expect(codes()).toContain("key_refused");
    expect(codes().length).toBeGreaterThan(20);
  });

  test.each([...new Set([...codes(), ...OURS])])("%s says what happened, what was sent and what to do", (code) => {
    expect(PARTS.filter((part) => (words[`${code}.${part}`] ?? "").trim() === "")).toEqual([]);
  });

  test("a title is no sentence, and everything else is one", () => {
    const isWrong = ([key, text]: [string, string]) => key.endsWith(".title") === /[.!?]$/u.test(text);
    expect(Object.entries(words).filter(isWrong)).toEqual([]);
  });
});
