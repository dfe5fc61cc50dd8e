// The form of a segment: everything that may be typed, whatever says who is in it, so that nothing is lost
// by looking at another way.
import * as v from "valibot";

import type { SegmentDetail, SegmentRule } from "../../../api";
import { type Draft, freshRule } from "../rule/draft";
import { readRule } from "../rule/read";
import { type KindOf, writeRule } from "../rule/write";

/** How a form says who is in the segment; `text` is a rule that the builder cannot show. */
export type By = "rule" | "text" | "where" | "members" | "membership";

/** What the form holds. */
export interface SegmentForm {
  name: string;
  /** The audience's id. */
  audience: string;
  by: By;
  draft: Draft;
  /** A rule in JSON. */
  json: string;
  /** A condition in SQL. */
  predicate: string;
  /** A file of members. */
  path: string;
  /** Its column with the ids; empty for the usual one. */
  key: string;
  /** The name in the memberships file. */
  membership: string;
}

/** A shape of the form; what is wrong is told by the key of its words. */
export const segmentShape = v.pipe(
  v.object({
    name: v.pipe(v.string(), v.trim(), v.nonEmpty("pane.name.needed"), v.maxLength(200, "pane.name.long")),
    audience: v.pipe(v.string(), v.nonEmpty("pane.audience.needed")),
    by: v.picklist(["rule", "text", "where", "members", "membership"]),
    draft: v.custom<Draft>((value) => typeof value === "object"),
    json: v.string(),
    predicate: v.string(),
    path: v.string(),
    key: v.pipe(v.string(), v.trim()),
    membership: v.string(),
  }),
  v.forward(
    v.partialCheck([["by"], ["predicate"]], ({ by, predicate }) => by !== "where" || predicate.trim() !== "", "text.needed"),
    ["predicate"],
  ),
  v.forward(
    v.partialCheck([["by"], ["json"]], ({ by, json }) => by !== "text" || json.trim() !== "", "text.needed"),
    ["json"],
  ),
  v.forward(
    v.partialCheck([["by"], ["path"]], ({ by, path }) => by !== "members" || path !== "", "file.needed"),
    ["path"],
  ),
);

/** The keys of what can be wrong with a field. */
export const formFaults = [
  "pane.name.needed",
  "pane.name.long",
  "pane.name.taken",
  "pane.audience.needed",
  "text.needed",
  "file.needed",
] as const;

/** An empty form. */
export function newForm(audience: string): SegmentForm {
  return {
    name: "",
    audience,
    by: "rule",
    draft: { rules: [freshRule()] },
    json: "",
    predicate: "",
    path: "",
    key: "",
    membership: "",
  };
}

/** A stored segment as a form. */
export function formOf({ row, rule }: SegmentDetail): SegmentForm {
  const form = { ...newForm(row.audience.id), name: row.name };
  switch (rule.kind) {
    case "where":
      return { ...form, by: "where", predicate: rule.predicate };
    case "members":
      return { ...form, by: "members", path: rule.path, key: rule.key ?? "" };
    case "membership":
      return { ...form, by: "membership", membership: rule.name };
    case "rule": {
      const draft = readRule(rule.rule);
      return draft === null ? { ...form, by: "text", json: rule.rule } : { ...form, by: "rule", draft };
    }
  }
}

/** The rule that a form says. */
export function ruleOf({ by, draft, json, predicate, path, key, membership }: SegmentForm, kindOf: KindOf): SegmentRule {
  switch (by) {
    case "rule":
      return { kind: "rule", rule: writeRule(draft, kindOf) };
    case "text":
      return { kind: "rule", rule: json };
    case "where":
      return { kind: "where", predicate };
    case "members":
      return { kind: "members", path, key: key.trim() === "" ? null : key.trim() };
    case "membership":
      return { kind: "membership", name: membership };
  }
}
