// What becomes of a condition when another attribute or comparison is chosen: as much as possible stays.
import type { Condition } from "./draft";
import { type Kind, type Operator, operators, operatorsFor } from "./operators";

function blank(operator: Operator): string[] {
  switch (operators[operator].takes) {
    case "nothing":
    case "many":
      return [];
    case "two":
      return ["", ""];
    case "length":
      return ["", "days"];
    default:
      return [""];
  }
}

/** The condition with another comparison; values stay where the new one takes the same. */
export function withOperator(condition: Condition, operator: Operator): Condition {
  const [from, to] = [operators[condition.operator].takes, operators[operator].takes];
  if (from === to) return { ...condition, operator };
  const given = condition.values.filter((value) => value !== "");
  const plain = (takes: string) => takes === "one" || takes === "two" || takes === "many";
  if (!plain(from) || !plain(to)) return { ...condition, operator, values: blank(operator) };
  const [first = "", second = ""] = given;
  const values = to === "one" ? [first] : to === "two" ? [first, second] : given;
  return { ...condition, operator, values };
}

/** The condition on another attribute. A comparison that does not fit becomes the first that does. */
export function withAttribute(condition: Condition, attribute: string, kind: Kind, before: Kind | undefined): Condition {
  const fitting = operatorsFor(kind);
  const operator = fitting.includes(condition.operator) ? condition.operator : (fitting[0] ?? "equals");
  const kept = kind === before && operator === condition.operator;
  const values = kept ? condition.values : blank(operator);
  return { ...condition, attribute, operator, values, ignoreCase: condition.ignoreCase && kind === "text" };
}
