// A rule while it is built: rules joined by set words, conditions joined by and/or, sub-rules one level
// deep. Values are text as it was typed; only writing the JSON gives them their types.
import type { Operator } from "./operators";

/** How conditions are joined. */
export type Logical = "and" | "or";

/** How a rule joins the result of those before it. */
export type SetWord = "union" | "intersect" | "except";

/** One comparison. */
export interface Condition {
  part: "condition";
  /** Tells rows apart on the page; it is not written. */
  id: string;
  /** The column; empty where none is chosen yet. */
  attribute: string;
  operator: Operator;
  /** As many as the operator takes; for a length of time its amount and unit. */
  values: string[];
  ignoreCase: boolean;
}

/** Conditions within a rule that are joined in their own way. */
export interface SubRule {
  part: "group";
  id: string;
  logical: Logical;
  conditions: Condition[];
}

/** A rule: what the mirrored builder shows as one card. */
export interface Rule {
  id: string;
  /** Of no meaning for the first. */
  word: SetWord;
  logical: Logical;
  parts: (Condition | SubRule)[];
}

/** A whole segment rule. */
export interface Draft {
  rules: Rule[];
}

let made = 0;

/** An id that no other part of a draft has. */
export function freshId(): string {
  made += 1;
  return `part-${made}`;
}

/** A condition that nothing was chosen for yet. */
export function freshCondition(): Condition {
  return { part: "condition", id: freshId(), attribute: "", operator: "equals", values: [""], ignoreCase: false };
}

/** A sub-rule with one condition. */
export function freshSubRule(): SubRule {
  return { part: "group", id: freshId(), logical: "or", conditions: [freshCondition()] };
}

/** A rule with one condition. */
export function freshRule(word: SetWord = "union"): Rule {
  return { id: freshId(), word, logical: "and", parts: [freshCondition()] };
}

/** All conditions, in the order in which they are read. */
export function conditionsOf({ rules }: Draft): Condition[] {
  return rules.flatMap((rule) =>
    rule.parts.flatMap((part) => (part.part === "condition" ? [part] : part.conditions)),
  );
}

/** The same draft with every condition passed through; those that become null leave, and empty groups too. */
export function mapConditions(draft: Draft, change: (condition: Condition) => Condition | null): Draft {
  const kept = <T>(items: (T | null)[]) => items.filter((item) => item !== null);
  return {
    rules: kept(
      draft.rules.map((rule) => {
        const parts = kept(
          rule.parts.map((part) => {
            if (part.part === "condition") return change(part);
            const conditions = kept(part.conditions.map(change));
            return conditions.length === 0 ? null : { ...part, conditions };
          }),
        );
        return parts.length === 0 ? null : { ...rule, parts };
      }),
    ),
  };
}
