// @vitest-environment node
// Every reason that the engine can give has words in both languages. The codes are read from the sources of the
// engine and of the command line, so that a new one without words fails here.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import en from "./en/reasons.json";
import sv from "./sv/reasons.json";

const RUST = join(import.meta.dirname, "../../../src-tauri");

const read = (path: string) => readFileSync(join(RUST, path), "utf8");

/** The Rust of a folder, without what only tests use. */
function sources(folder: string): string {
  return readdirSync(join(RUST, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".rs") && !file.includes("tests"))
    .map((file) => (read(join(folder, file)).split("#[cfg(test)]", 1)[0] ?? ""))
    .join("\n");
}

const found = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, code]) => code ?? "");

/** The table of the command line. */
function ofTheCommandLine(): string[] {
  const [, table = ""] = /const REASONS[^=]*= &\[(.*?)\n\];/su.exec(read("cli/src/words.rs")) ?? [];
  return found(table, /^\s*\("([a-z_0-9]+)",/gmu);
}

/** The forms in which the engine writes a reason of a person. */
function ofTheEngine(): string[] {
  const run = sources("engine/src/run");
  const store = sources("engine/src/store");
  const stage = sources("engine/src/stage");
  const preview = sources("engine/src/operations").concat(sources("engine/src/run"));
  const value = sources("engine/src/destination");
  return [
    ...found(run + stage, /Outcome::\w+,\s*"([a-z_]+)"/gu),
    ...found(run + store, /\breason: "([a-z_]+)"/gu),
    ...found(run, /final_reason = if \w+ \{ "([a-z_]+)" \}/gu),
    ...found(run, /final_reason = if \w+ \{ "[a-z_]+" \} else \{ "([a-z_]+)" \}/gu),
    ...found(run, /\bclose\(store, \w+, "[^"]*", "([a-z_]+)"\)/gu),
    ...found(run, /=> "(address_changed|kept_by_policy|held_by_guard|not_removed_yet)"/gu),
    ...found(store, /reason = '([a-z_]+)'/gu),
    ...found(store, /THEN '(forgotten)' ELSE reason/gu),
    ...found(store, /why = "([a-z_]+)"/gu),
    ...found(preview, /\bGroup::\w+(?: if \w+)? => "([a-z_]+)"/gu),
    ...found(preview, /\bconst HELD: &str = "([a-z_]+)"/gu),
    ...found(value, /misfit\((?:if [^{]*\{ )?"([a-z_]+)"/gu),
    ...found(value, /misfit\(if [^{]*\{ "[a-z_]+" \} else \{ "([a-z_]+)"/gu),
    ...found(value, /misfit\("([a-z_]+)"\)/gu),
    ...found(read("engine/src/model/address.rs"), /Self::\w+ => "([a-z_]+)"/gu),
    ...found(read("../docs/rules/email.json"), /^\s*\["([a-z]+_[a-z_]+)", "/gmu),
  ];
}

describe.each([
  ["en", en as Record<string, string>],
  ["sv", sv as Record<string, string>],
])("in %s", (_, words) => {
  test("the codes are found where they are written", () => {
    expect(ofTheCommandLine().length).toBeGreaterThan(35);
    const engine = ofTheEngine();
    for (const code of [
      "missing_identity",
      "out_of_range",
      "no_time_zone",
      "same_address",
      "forgotten",
      "no_consent",
      "opted_out",
      "refused",
      "refused_before",
      "refused_once",
      "list_refused",
      "leave_refused",
      "not_chosen",
      "canceled",
      "stopped",
      "replaced",
      "address_changed",
      "not_removed_yet",
      "kept_by_policy",
      "held_by_guard",
    ]) {
      expect(engine, code).toContain(code);
    }
  });

  test("every code has a sentence and a few words", () => {
    const codes = new Set([...ofTheCommandLine(), ...ofTheEngine()]);
    expect([...codes].filter((code) => !(code in words))).toEqual([]);
    expect([...codes].filter((code) => !(`${code}.short` in words))).toEqual([]);
  });

  test("a sentence ends like one, a few words do not", () => {
    const codes = Object.keys(words).filter((key) => `${key}.short` in words);
    expect(codes.filter((code) => !(words[code] ?? "").endsWith("."))).toEqual([]);
    expect(codes.filter((code) => (words[`${code}.short`] ?? "").endsWith("."))).toEqual([]);
  });
});
