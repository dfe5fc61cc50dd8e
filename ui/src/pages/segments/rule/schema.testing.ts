// As much of JSON Schema as docs/rules/segment-rule.schema.json uses, so that tests hold the builder to it.
// A word that is not known here fails the test instead of being passed over.

type Schema = Record<string, unknown>;

const silent = new Set(["$schema", "title", "description", "examples", "$defs", "properties"]);

function typeOf(value: unknown): string[] {
  if (value === null) return ["null"];
  if (Array.isArray(value)) return ["array"];
  return Number.isInteger(value) ? ["integer", "number"] : [typeof value];
}

/** Whether a value is what the schema says. */
export function fits(value: unknown, schema: unknown, root: unknown = schema): boolean {
  const rules = schema as Schema;
  const inner = (part: unknown, of: unknown) => fits(part, of, root);
  const known = (rules["properties"] ?? {}) as Schema;
  return Object.entries(rules).every(([word, said]) => {
    switch (word) {
      case "$ref": {
        const path = String(said).replace("#/", "").split("/");
        return inner(value, path.reduce<unknown>((at, key) => (at as Schema)[key], root));
      }
      case "type":
        return [said].flat().some((type) => typeOf(value).includes(String(type)));
      case "const":
        return value === said;
      case "enum":
        return (said as unknown[]).includes(value);
      case "anyOf":
        return (said as unknown[]).some((one) => inner(value, one));
      case "required":
        return (said as string[]).every((key) => Object.hasOwn(value as object, key));
      case "additionalProperties":
        return said !== false || Object.entries(value as object).every(([key, part]) => Object.hasOwn(known, key) && inner(part, known[key]));
      case "items":
        return (value as unknown[]).every((item) => inner(item, said));
      case "minItems":
        return (value as unknown[]).length >= Number(said);
      case "maxItems":
        return (value as unknown[]).length <= Number(said);
      case "minLength":
        return (value as string).length >= Number(said);
      case "minimum":
        return (value as number) >= Number(said);
      case "maximum":
        return (value as number) <= Number(said);
      default:
        if (!silent.has(word)) throw new Error(`The test does not know “${word}”.`);
        return true;
    }
  });
}
