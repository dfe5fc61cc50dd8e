// Every comparison there is, written and read back; and the form against the schema that the engine's own
// tests hold to its code.
import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import type { Column, ColumnType } from "../../../api";
import { kindsOf } from "./columns";
import { type Condition, conditionsOf, type Draft, freshId } from "./draft";
import { conditionAt, faultOf, faultsOf } from "./faults";
import { type Kind, kinds, type Operator, operatorNames, operators, operatorsFor } from "./operators";
import { readRule } from "./read";
import { fits } from "./schema.testing";
import { writeRule } from "./write";

const schema = JSON.parse(readFileSync("../docs/rules/segment-rule.schema.json", "utf8")) as {
  examples: unknown[];
  $defs: { comparisonOperator: { enum: string[] } };
};

const column = (name: string, type: ColumnType): Column => ({ name, type, filled: 1, samples: [] });
const columns = [
  column("City", "text"),
  column("Orders", "integer"),
  column("Weight", "float"),
  column("Member", "boolean"),
  column("Born", "date"),
  column("SeenAt", "timestamp"),
];
const kindOf = kindsOf(columns);

const samples: Record<Kind, [string, string]> = {
  text: ["07", "100 %"],
  number: ["3", "10.5"],
  boolean: ["true", "false"],
  date: ["2026-01-31", "2026-02-28"],
  timestamp: ["2026-01-31T14:00", "2026-02-28T00:00Z"],
};

function valuesFor(operator: Operator, kind: Kind): string[] {
  const [first, second] = samples[kind];
  switch (operators[operator].takes) {
    case "nothing":
      return [];
    case "one":
      return [first];
    case "two":
    case "many":
      return [first, second];
    case "length":
      return ["20", "weeks"];
    case "clock":
      return ["14:30:05"];
    default:
      return ["7"];
  }
}

const condition = (attribute: string, operator: Operator, values: string[], ignoreCase = false): Condition => ({
  part: "condition",
  id: freshId(),
  attribute,
  operator,
  values,
  ignoreCase,
});

/** A draft without what only the page needs. */
function bare(draft: Draft | null): unknown {
  return JSON.parse(JSON.stringify(draft, (key, value: unknown) => (key === "id" ? undefined : value)));
}

const one = (parts: Draft["rules"][number]["parts"]): Draft => ({
  rules: [{ id: freshId(), word: "union", logical: "and", parts }],
});

describe("operators", () => {
  it("are those of the schema", () => {
    expect(new Set(operatorNames)).toEqual(new Set(schema.$defs.comparisonOperator.enum));
    expect(operatorNames).toHaveLength(21);
  });

  it.each(columns.flatMap(({ name, type }) => operatorsFor(kinds[type]).map((operator) => [operator, name] as const)))(
    "%s of %s is written by the schema and read back",
    (operator, name) => {
      const kind = kindOf(name) ?? "text";
      const draft = one([condition(name, operator, valuesFor(operator, kind), kind === "text" && operator !== "isNull" && operator !== "isNotNull")]);
      expect(faultsOf(draft, kindOf)).toEqual(new Map());
      const json = writeRule(draft, kindOf);
      expect(fits(JSON.parse(json), schema)).toBe(true);
      expect(bare(readRule(json))).toEqual(bare(draft));
    },
  );
});

describe("writing", () => {
  it("gives values the type of their column", () => {
    const json = writeRule(
      one([
        condition("Orders", "isBetween", ["3", "9007199254740993"]),
        condition("Member", "equals", ["true"]),
        condition("City", "equals", ["07"], true),
        condition("Born", "isWithinLast", ["20", "days"], true),
      ]),
      kindOf,
    );
    expect(JSON.parse(json)).toEqual({
      rowsets: [
        {
          rowsetOperation: "none",
          criteria: {
            logicalOperator: "and",
            childCriterias: [
              // No JSON number says these digits, so they stay in quotes.
              { attribute: "Orders", comparisonOperator: "isBetween", listOfValues: [3, "9007199254740993"] },
              { attribute: "Member", comparisonOperator: "equals", value: true },
              { attribute: "City", comparisonOperator: "equals", value: "07", ignoreCase: true },
              { attribute: "Born", comparisonOperator: "isWithinLast", value: { amount: 20, unit: "days" } },
            ],
          },
        },
      ],
    });
  });

  it("stops after the first rules where a count before a set word is wanted", () => {
    const draft: Draft = {
      rules: [
        { id: "1", word: "union", logical: "or", parts: [condition("City", "isNull", [])] },
        { id: "2", word: "except", logical: "and", parts: [condition("Orders", "equals", ["1"])] },
      ],
    };
    expect((JSON.parse(writeRule(draft, kindOf, 1)) as { rowsets: unknown[] }).rowsets).toHaveLength(1);
    const all = readRule(writeRule(draft, kindOf));
    expect(all?.rules.map(({ word, logical }) => [word, logical])).toEqual([
      ["union", "or"],
      ["except", "and"],
    ]);
  });
});

describe("reading", () => {
  it.each(schema.examples)("reads the schema's example %#", (example) => {
    const draft = readRule(JSON.stringify(example));
    expect(draft).not.toBeNull();
    expect(bare(readRule(writeRule(draft ?? one([]), () => undefined)))).toEqual(bare(draft));
  });

  it("reads other words for the same", () => {
    const draft = readRule(`{"type":"structured","rowsets":[
      {"rowsetOperation":"include","criteria":{"attribute":"Born","comparisonOperator":"monthOf","value":"March","listOfValues":[]}},
      {"rowsetOperation":"exclude","criteria":{"kind":"X","childCriterias":[
        {"attribute":"Born","comparisonOperator":"dayOfWeek","value":"Monday","isTime":false},
        {"childCriterias":[{"attribute":"Born","comparisonOperator":"isWithinLast","value":"1 day"}]}],"logicalOperator":"or"}}]}`);
    expect(draft?.rules.map((rule) => rule.word)).toEqual(["union", "except"]);
    expect(conditionsOf(draft ?? one([])).map((found) => found.values)).toEqual([["3"], ["1"], ["1", "days"]]);
    expect(draft?.rules[1]?.parts[1]).toMatchObject({ part: "group", logical: "and" });
  });

  const leaf = '{"attribute":"City","comparisonOperator":"equals","value":"x"}';
  const group = (inner: string) => `{"logicalOperator":"and","childCriterias":[${inner}]}`;
  it.each([
    ["sub-rules within sub-rules", `{"rowsets":[{"criteria":${group(group(group(leaf)))}}]}`],
    ["an operator that is not known", `{"rowsets":[{"criteria":${leaf.replace("equals", "childOf")}}]}`],
    ["a number that lost digits", `{"rowsets":[{"criteria":${leaf.replace('"x"', "9007199254740993")}}]}`],
    ["a key that is not known", `{"rowsets":[{"criteria":${leaf}}],"projections":["x"]}`],
    ["a first rule that takes away", `{"rowsets":[{"rowsetOperation":"except","criteria":${leaf}}]}`],
    ["a month that is none", `{"rowsets":[{"criteria":${leaf.replace("equals", "monthOf")}}]}`],
    ["no JSON", "{"],
  ])("leaves %s to the text editor", (_, json) => {
    expect(readRule(json)).toBeNull();
  });
});

describe("faults", () => {
  it.each([
    ["attribute", condition("", "equals", ["x"])],
    ["gone", condition("Town", "equals", ["x"])],
    ["operator", condition("City", "greaterThan", ["x"])],
    ["value", condition("City", "equals", [""])],
    ["values", condition("City", "isIn", [])],
    ["number", condition("Orders", "isIn", ["1", "two"])],
    ["date", condition("Born", "equals", ["2026-02-30"])],
    ["timestamp", condition("SeenAt", "equals", ["14:30"])],
    ["order", condition("Orders", "isBetween", ["10", "9"])],
    ["amount", condition("Born", "isWithinLast", ["10001", "days"])],
    ["hours", condition("Born", "isWithinLast", ["5", "hours"])],
    ["day", condition("Born", "dayOf", ["32"])],
    ["year", condition("Born", "yearOf", ["0"])],
    ["clock", condition("SeenAt", "timeAt", ["24:00"])],
  ])("%s", (fault, wrong) => {
    expect(faultOf(wrong, kindOf)).toBe(fault);
  });

  it("finds a column in other letters, as the engine does", () => {
    expect(faultOf(condition("CITY", "equals", ["x"]), kindOf)).toBeNull();
  });

  it("finds the condition that the engine points at", () => {
    const inner = condition("Orders", "equals", ["x"]);
    const outer = condition("City", "equals", ["x"]);
    const draft = one([outer, { part: "group", id: "g", logical: "or", conditions: [inner] }]);
    const at = (place: string) => conditionAt(draft, `The rule cannot be used: no (at ${place}).`);
    expect(at("rowsets[0].criteria.childCriterias[0].value")).toBe(outer);
    expect(at("rowsets[0].criteria.childCriterias[1].childCriterias[0]")).toBe(inner);
    expect(at("rowsets[4].criteria")).toBeUndefined();
  });
});
