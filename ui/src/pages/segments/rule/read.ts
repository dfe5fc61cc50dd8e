// JSON to a draft, where the builder can show all that the rule says. Anything else - nested deeper, or with
// words that only the engine may know - is null: such a rule is edited as text and saved as it is.
import { type Condition, type Draft, freshId, type Logical, type Rule, type SetWord, type SubRule } from "./draft";
import { type Operator, operators, type Unit, units } from "./operators";

const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const words: Record<string, SetWord> = {
  none: "union",
  union: "union",
  include: "union",
  intersect: "intersect",
  except: "except",
  exclude: "except",
};

/** Thrown where the builder could not show the rule; never leaves this file. */
class TooMuch extends Error {}

type Fields = Record<string, unknown>;

/** The entries of an object that say something; null and [] are as if left out. */
function object(value: unknown, known: readonly string[]): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new TooMuch();
  const fields: Fields = {};
  for (const [key, inner] of Object.entries(value)) {
    if (inner === null || (Array.isArray(inner) && inner.length === 0)) continue;
    if (!known.includes(key)) throw new TooMuch();
    fields[key] = inner;
  }
  return fields;
}

function single(value: unknown): string {
  // A whole number above 2^53 has lost digits by now, and a number in exponents its form.
  const exact = typeof value !== "number" || (Number.isFinite(value) && !(Math.abs(value) > Number.MAX_SAFE_INTEGER));
  if (!exact || !["string", "number", "boolean"].includes(typeof value)) throw new TooMuch();
  return String(value);
}

function list(value: unknown): string[] {
  if (!Array.isArray(value)) throw new TooMuch();
  return value.map(single);
}

function logical(value: unknown): Logical {
  if (value !== "and" && value !== "or") throw new TooMuch();
  return value;
}

/** A number between two, bare or in quotes, or one of the names. */
function whole(value: unknown, least: number, most: number, names: readonly string[] = []): string {
  const text = single(value).trim();
  const named = names.indexOf(text.toLowerCase());
  const number = named >= 0 ? named + 1 : /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) throw new TooMuch();
  return String(number);
}

function length(value: unknown): string[] {
  let [amount, unit]: [unknown, unknown] = [undefined, undefined];
  if (typeof value === "string") [, amount, unit] = /^(\d+) +([a-z]+)$/.exec(value.trim()) ?? [];
  else ({ amount, unit } = object(value, ["amount", "unit"]));
  const word = units.find((name): name is Unit => name === unit || name === `${String(unit)}s`);
  if (word === undefined) throw new TooMuch();
  return [whole(amount, 1, 10_000), word];
}

function values(operator: Operator, fields: Fields): string[] {
  const { takes } = operators[operator];
  const has = [fields["value"] !== undefined, fields["listOfValues"] !== undefined];
  const wants = takes === "nothing" ? [false, false] : takes === "two" || takes === "many" ? [false, true] : [true, false];
  if (has[0] !== wants[0] || has[1] !== wants[1]) throw new TooMuch();
  switch (takes) {
    case "nothing":
      return [];
    case "one":
      return [single(fields["value"])];
    case "many":
      return list(fields["listOfValues"]);
    case "two": {
      const both = list(fields["listOfValues"]);
      if (both.length !== 2) throw new TooMuch();
      return both;
    }
    case "length":
      return length(fields["value"]);
    case "day":
      return [whole(fields["value"], 1, 31)];
    case "month":
      return [whole(fields["value"], 1, 12, months)];
    case "year":
      return [whole(fields["value"], 1, 9999)];
    case "weekday":
      return [whole(fields["value"], 1, 7, days)];
    case "clock":
      return [single(fields["value"]).trim()];
  }
}

const leafKeys = [
  "kind",
  "attribute",
  "comparisonOperator",
  "value",
  "listOfValues",
  "ignoreCase",
  "isTime",
  "logicalOperator",
];
const groupKeys = ["kind", "logicalOperator", "childCriterias", "ignoreCase", "isTime"];

function leaf(value: unknown): Condition {
  const fields = object(value, leafKeys);
  const { attribute, comparisonOperator: operator, ignoreCase = false, isTime = false } = fields;
  if (typeof attribute !== "string" || typeof operator !== "string" || !Object.hasOwn(operators, operator)) {
    throw new TooMuch();
  }
  if (typeof ignoreCase !== "boolean" || typeof isTime !== "boolean") throw new TooMuch();
  const name = operator as Operator;
  return { part: "condition", id: freshId(), attribute, operator: name, values: values(name, fields), ignoreCase };
}

function isGroup(value: unknown): boolean {
  return typeof value === "object" && value !== null && "childCriterias" in value;
}

function group(value: unknown): { logical: Logical; children: unknown[] } {
  const fields = object(value, groupKeys);
  const children = fields["childCriterias"];
  if (!Array.isArray(children)) throw new TooMuch();
  const word = fields["logicalOperator"] ?? (children.length === 1 ? "and" : undefined);
  return { logical: logical(word), children };
}

function part(value: unknown): Condition | SubRule {
  if (!isGroup(value)) return leaf(value);
  const { logical: word, children } = group(value);
  return { part: "group", id: freshId(), logical: word, conditions: children.map(leaf) };
}

function rule(value: unknown, index: number): Rule {
  const fields = object(value, ["rowsetOperation", "criteria"]);
  const operation = fields["rowsetOperation"] ?? "none";
  const word = typeof operation === "string" && Object.hasOwn(words, operation) ? words[operation] : undefined;
  if (word === undefined || (index === 0 ? word !== "union" : operation === "none")) throw new TooMuch();
  const { criteria } = fields;
  const head = { id: freshId(), word };
  if (!isGroup(criteria)) return { ...head, logical: "and", parts: [leaf(criteria)] };
  const { logical: joined, children } = group(criteria);
  return { ...head, logical: joined, parts: children.map(part) };
}

/** The draft that says what this JSON says, or null where the builder cannot show it. */
export function readRule(json: string): Draft | null {
  try {
    const { rowsets, type = "structured" } = object(JSON.parse(json), ["$schema", "type", "rowsets"]);
    if (!Array.isArray(rowsets) || type !== "structured") return null;
    return { rules: rowsets.map(rule) };
  } catch (error) {
    if (error instanceof TooMuch || error instanceof SyntaxError) return null;
    throw error;
  }
}
