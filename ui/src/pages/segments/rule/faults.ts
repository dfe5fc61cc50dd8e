// What is missing or does not fit in a condition, before the engine is asked: shape only. The engine has the
// last word about everything.
import { type Condition, conditionsOf, type Draft } from "./draft";
import { type Kind, operators } from "./operators";
import type { KindOf } from "./write";

/** What is wrong with a condition; words for each are in text/segments.json under `fault.`. */
export type Fault =
  | "attribute"
  | "gone"
  | "operator"
  | "value"
  | "values"
  | "number"
  | "date"
  | "timestamp"
  | "boolean"
  | "order"
  | "amount"
  | "hours"
  | "day"
  | "year"
  | "clock";

/** Faults of a condition that is only not finished yet: they are told when it is saved, not while it is typed. */
export const unfinished: ReadonlySet<Fault> = new Set<Fault>(["attribute", "value", "values"]);

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const MOMENT = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(:(\d{2})(\.\d+)?)?([Zz]|[+-]\d{2}:?\d{2})?$/;
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/;
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Whether a text is a day of the calendar, as `2026-01-31`. */
export function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(2000, Number(month) - 1, 1));
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function isMoment(text: string): boolean {
  const [, day, hour, minute] = MOMENT.exec(text) ?? [];
  return day !== undefined && isDate(day) && Number(hour) < 24 && Number(minute) < 60;
}

function whole(text: string, least: number, most: number): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

function faultOfValue(value: string, kind: Kind): Fault | null {
  const text = value.trim();
  if (text === "") return "value";
  switch (kind) {
    case "text":
      return null;
    case "number":
      return NUMBER.test(text) ? null : "number";
    case "boolean":
      return /^(true|false)$/i.test(text) ? null : "boolean";
    case "date":
    case "timestamp":
      return isDate(text) || isMoment(text) ? null : kind;
  }
}

function reversed(low: string, high: string, kind: Kind): boolean {
  if (kind === "number") return Number(low) > Number(high);
  // Days and moments of one form sort as text; mixed forms are left to the engine.
  return low.length === high.length && low > high;
}

/** What is wrong with a condition, or null. */
export function faultOf({ attribute, operator, values }: Condition, kindOf: KindOf): Fault | null {
  if (attribute === "") return "attribute";
  const kind = kindOf(attribute);
  if (kind === undefined) return "gone";
  const { takes, kinds } = operators[operator];
  if (!kinds.includes(kind)) return "operator";
  const [first = "", second = ""] = values.map((value) => value.trim());
  switch (takes) {
    case "nothing":
      return null;
    case "one":
      return faultOfValue(first, kind);
    case "many":
      if (values.length === 0) return "values";
      return values.map((value) => faultOfValue(value, kind)).find((fault) => fault !== null) ?? null;
    case "two":
      return faultOfValue(first, kind) ?? faultOfValue(second, kind) ?? (reversed(first, second, kind) ? "order" : null);
    case "length":
      if (first === "") return "value";
      if (!whole(first, 1, 10_000)) return "amount";
      return second === "hours" && kind === "date" ? "hours" : null;
    case "day":
      return first === "" ? "value" : whole(first, 1, 31) ? null : "day";
    case "year":
      return first === "" ? "value" : whole(first, 1, 9999) ? null : "year";
    case "month":
    case "weekday":
      return first === "" ? "value" : null;
    case "clock":
      return first === "" ? "value" : CLOCK.test(first) ? null : "clock";
  }
}

/** The faults of a draft, by the id of the condition. */
export function faultsOf(draft: Draft, kindOf: KindOf): Map<string, Fault> {
  const faults = new Map<string, Fault>();
  for (const condition of conditionsOf(draft)) {
    const fault = faultOf(condition, kindOf);
    if (fault !== null) faults.set(condition.id, fault);
  }
  return faults;
}

/** The condition that the engine's sentence points at: it ends with a place such as `(at rowsets[0].criteria…)`. */
export function conditionAt(draft: Draft, message: string): Condition | undefined {
  const place = /\(at rowsets\[(\d+)\]\.criteria((?:\.childCriterias\[\d+\])*)/.exec(message);
  if (place === null) return undefined;
  const parts = draft.rules[Number(place[1])]?.parts;
  const [outer, inner] = [...(place[2] ?? "").matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]));
  const part = outer === undefined ? undefined : parts?.[outer];
  return part?.part === "group" ? (inner === undefined ? undefined : part.conditions[inner]) : part;
}
