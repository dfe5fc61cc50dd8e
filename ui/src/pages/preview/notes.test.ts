// @vitest-environment node
// What the preview reads out of the engine's English notes is still what the engine writes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { readNotes } from "./notes";

const source = readFileSync(
  join(import.meta.dirname, "../../../../src-tauri/engine/src/run/freeze.rs"),
  "utf8",
);

/** A sentence of the source that begins like this, with a figure in each place. */
function sentence(beginning: string): string {
  const start = source.indexOf(`"${beginning}`);
  expect(start, beginning).toBeGreaterThan(0);
  return source.slice(start + 1, source.indexOf('"', start + 1)).replaceAll(/\{[^}]*\}/gu, "12");
}

test("the notes of the engine are known", () => {
  const held = sentence("“{title}” would lose");
  const contract = sentence("The account holds");
  const over = sentence("“{}” selects");
  expect(readNotes([held, contract, over])).toEqual({
    contract: { held: 12, new: 12, after: 12, size: 12 },
    addresses: 12,
    others: [],
  });
});

test("a note that is not known is shown", () => {
  expect(readNotes(["Something new."])).toEqual({ contract: null, addresses: null, others: ["Something new."] });
});
