// @vitest-environment node
// The TypeScript of the commands is that of their schema, which the bridge's own test holds to its types.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

import { typescript } from "../../scripts/typescript";

const read = (file: string) => readFileSync(join(import.meta.dirname, file), "utf8");

test("index.ts is made from commands.schema.json; if not: npm run bindings", async () => {
  expect(read("index.ts")).toBe(await typescript(JSON.parse(read("commands.schema.json"))));
});

test("a reference with a description keeps the name of its type", async () => {
  const made = await typescript({
    commands: { thing_get: { request: { $ref: "#/$defs/One" }, answer: { $ref: "#/$defs/Thing" } } },
    $defs: {
      One: { type: "object", properties: { id: { type: "string" } }, required: ["id"] },
      Colour: { oneOf: [{ const: "red", type: "string" }, { const: "blue", type: "string" }] },
      Thing: { type: "object", properties: { colour: { $ref: "#/$defs/Colour", description: "Its colour." } }, required: ["colour"] },
    },
  });
  expect(made).toContain('export type Colour = "red" | "blue";');
  expect(made).toMatch(/colour: Colour;/u);
  expect(made).toMatch(/thing_get: \{\s*request: One;\s*answer: Thing;/u);
});
