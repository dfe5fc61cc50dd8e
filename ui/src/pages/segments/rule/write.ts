// A draft to JSON in the form of docs/rules/segment-rule.schema.json.
import type { Condition, Draft, Rule, SubRule } from "./draft";
import { type Kind, operators } from "./operators";

/** A value as JSON has it. */
type Single = string | number | boolean;

/** What each column holds, by its exact name. */
export type KindOf = (attribute: string) => Kind | undefined;

/** A number stays in quotes where a JSON number would not say the same digits. */
function number(text: string): Single {
  const value = Number(text);
  return text !== "" && String(value) === text ? value : text;
}

function single(text: string, kind: Kind | undefined): Single {
  switch (kind) {
    case "number":
      return number(text.trim());
    case "boolean":
      return text === "true" ? true : text === "false" ? false : text;
    case "date":
    case "timestamp":
      return text.trim();
    default:
      return text;
  }
}

function leaf({ attribute, operator, values, ignoreCase }: Condition, kindOf: KindOf): object {
  const kind = kindOf(attribute);
  const [first = "", second = ""] = values;
  const head = { attribute, comparisonOperator: operator };
  // It counts for text only; where the column is not known it stays as it was.
  const tail = ignoreCase && (kind ?? "text") === "text" ? { ignoreCase: true } : {};
  switch (operators[operator].takes) {
    case "nothing":
      return head;
    case "many":
      return { ...head, listOfValues: values.map((value) => single(value, kind)), ...tail };
    case "two":
      return { ...head, listOfValues: [single(first, kind), single(second, kind)], ...tail };
    case "length":
      return { ...head, value: { amount: number(first.trim()), unit: second } };
    case "day":
    case "month":
    case "year":
    case "weekday":
      return { ...head, value: number(first.trim()) };
    case "clock":
      return { ...head, value: first.trim() };
    case "one":
      return { ...head, value: single(first, kind), ...tail };
  }
}

function part(one: Condition | SubRule, kindOf: KindOf): object {
  if (one.part === "condition") return leaf(one, kindOf);
  return {
    logicalOperator: one.logical,
    childCriterias: one.conditions.map((condition) => leaf(condition, kindOf)),
  };
}

function rowset({ word, logical, parts }: Rule, index: number, kindOf: KindOf): object {
  return {
    rowsetOperation: index === 0 ? "none" : word,
    criteria: { logicalOperator: logical, childCriterias: parts.map((one) => part(one, kindOf)) },
  };
}

/** The JSON of a draft, or of its first rules only. */
export function writeRule({ rules }: Draft, kindOf: KindOf, first = rules.length): string {
  return JSON.stringify({ rowsets: rules.slice(0, first).map((rule, index) => rowset(rule, index, kindOf)) }, null, 2);
}
