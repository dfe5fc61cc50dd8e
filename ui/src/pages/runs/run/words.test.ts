// @vitest-environment node
// What the pages read out of the engine's English sentences is still what the engine writes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

import { readWaiting } from "./waiting";

const rust = (file: string) => readFileSync(join(import.meta.dirname, "../../../../../src-tauri/engine/src", file), "utf8");

/** The sentences that a source gives to a function, with figures in their places. */
function sentences(source: string, call: RegExp): string[] {
  return [...source.matchAll(call)].map(([, text]) => (text ?? "").replaceAll(/\{[^}]*\}/gu, "8")).filter((text) => text !== "");
}

describe("what a run waits for", () => {
  test("every sentence of the engine is known", () => {
    const account = sentences(rust("run/account.rs"), /tell\(\s*&?(?:format!\(\s*)?"([^"]*)"/gu);
    const line = sentences(rust("run/turn.rs"), /waiting\(\s*"([^"]*)"/gu);
    expect(account.length).toBeGreaterThanOrEqual(2);
    expect(line.length).toBeGreaterThanOrEqual(1);
    expect(account.map(readWaiting)).toEqual(account.map(() => ({ for: "account", seconds: 8 })));
    expect(line.map(readWaiting)).toEqual(line.map(() => ({ for: "line" })));
  });

  test("what is not known is still a wait", () => {
    expect(readWaiting("the moon")).toEqual({ for: "other" });
    expect(readWaiting("")).toBeNull();
  });
});
