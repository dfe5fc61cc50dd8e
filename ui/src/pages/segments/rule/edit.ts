// Changes to a draft. Each gives a new draft; what was not touched stays the same object.
import {
  type Condition,
  type Draft,
  freshId,
  freshRule,
  type Logical,
  mapConditions,
  type Rule,
  type SetWord,
  type SubRule,
} from "./draft";

/** The most rules that the engine takes. */
export const MOST_RULES = 64;

/** A draft that is never without a rule. */
function some(draft: Draft): Draft {
  return draft.rules.length === 0 ? { rules: [freshRule()] } : draft;
}

/** Puts a condition in the place of the one with its id. */
export function setCondition(draft: Draft, condition: Condition): Draft {
  return mapConditions(draft, (old) => (old.id === condition.id ? condition : old));
}

/** Takes a condition out; a sub-rule or rule that becomes empty goes with it. */
export function removeCondition(draft: Draft, id: string): Draft {
  return some(mapConditions(draft, (old) => (old.id === id ? null : old)));
}

function changeRule(draft: Draft, id: string, change: (rule: Rule) => Rule): Draft {
  return { rules: draft.rules.map((rule) => (rule.id === id ? change(rule) : rule)) };
}

/** Adds a condition at the end of a rule or sub-rule. */
export function addCondition(draft: Draft, to: string, condition: Condition): Draft {
  return {
    rules: draft.rules.map((rule) => {
      if (rule.id === to) return { ...rule, parts: [...rule.parts, condition] };
      const parts = rule.parts.map((part) =>
        part.part === "group" && part.id === to ? { ...part, conditions: [...part.conditions, condition] } : part,
      );
      return { ...rule, parts };
    }),
  };
}

/** Adds a sub-rule at the end of a rule. */
export function addSubRule(draft: Draft, to: string, group: SubRule): Draft {
  return changeRule(draft, to, (rule) => ({ ...rule, parts: [...rule.parts, group] }));
}

/** Adds a rule at the end. */
export function addRule(draft: Draft, rule: Rule): Draft {
  return { rules: [...draft.rules, rule] };
}

/** Takes out a rule, or a sub-rule; a rule that becomes empty goes with it. */
export function removeRule(draft: Draft, id: string): Draft {
  const rules = draft.rules
    .filter((rule) => rule.id !== id)
    .map((rule) => ({ ...rule, parts: rule.parts.filter((part) => part.id !== id) }))
    .filter((rule) => rule.parts.length > 0);
  return some({ rules });
}

/** Puts a copy of a rule behind it. */
export function duplicateRule(draft: Draft, id: string): Draft {
  return {
    rules: draft.rules.flatMap((rule) => {
      if (rule.id !== id) return [rule];
      const parts = rule.parts.map((part) =>
        part.part === "condition"
          ? { ...part, id: freshId() }
          : { ...part, id: freshId(), conditions: part.conditions.map((one) => ({ ...one, id: freshId() })) },
      );
      return [rule, { ...rule, id: freshId(), parts }];
    }),
  };
}

/** Joins the conditions of a rule or sub-rule in another way. */
export function setLogical(draft: Draft, id: string, logical: Logical): Draft {
  return {
    rules: draft.rules.map((rule) => {
      if (rule.id === id) return { ...rule, logical };
      const parts = rule.parts.map((part) => (part.part === "group" && part.id === id ? { ...part, logical } : part));
      return { ...rule, parts };
    }),
  };
}

/** Joins a rule to those before it in another way. */
export function setWord(draft: Draft, id: string, word: SetWord): Draft {
  return changeRule(draft, id, (rule) => ({ ...rule, word }));
}
