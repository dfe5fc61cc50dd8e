// Turns the schema of all commands into TypeScript: one exported type for each definition, `Commands` with
// the request and answer of each command, and the words of each enumeration as a type.
import { compile } from "json-schema-to-typescript";

interface Schemas {
  commands: Record<string, { request: object; answer: object }>;
  $defs: Record<string, object>;
}

/** A reference with a description beside it, in a form that keeps the name of the type. */
function keepNames(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(keepNames);
  if (schema === null || typeof schema !== "object") return schema;
  const { $ref, ...rest } = schema as Record<string, unknown>;
  // `format` says nothing to TypeScript, but a property may be called so: then it holds a schema, not a word.
  const said = Object.entries(rest).filter(([key, value]) => key !== "format" || typeof value !== "string");
  const kept = Object.fromEntries(said.map(([key, value]) => [key, keepNames(value)]));
  if ($ref === undefined) return kept;
  return Object.keys(kept).length === 0 ? { $ref } : { ...kept, allOf: [{ $ref }] };
}

/** The TypeScript of a schema of commands. */
export async function typescript(schema: unknown): Promise<string> {
  const { commands, $defs } = keepNames(schema) as Schemas;
  const root = {
    title: "Commands",
    description: "Every command of the engine, with what it is asked and what it answers.",
    type: "object",
    required: Object.keys(commands),
    properties: Object.fromEntries(
      Object.entries(commands).map(([name, { request, answer }]) => [
        name,
        { type: "object", required: ["request", "answer"], properties: { request, answer } },
      ]),
    ),
    $defs,
  };
  const made = await compile(root as Parameters<typeof compile>[0], "Commands", {
    additionalProperties: false,
    bannerComment: "// Made by `npm run bindings` from commands.schema.json; never edited by hand.",
    ignoreMinAndMaxItems: true,
    unreachableDefinitions: true,
    strictIndexSignatures: true,
    format: true,
    style: { printWidth: 120 },
  });
  // The generator says where it found each type, which says nothing to a reader.
  return made.replaceAll(/ \*\n \* This (?:interface|type) was referenced by [^\n]*\n \* via the `definition` "[^"]*"\.\n/g, "")
    .replaceAll(/\/\*\*\n \* This (?:interface|type) was referenced by [^\n]*\n \* via the `definition` "[^"]*"\.\n \*\/\n/g, "");
}
