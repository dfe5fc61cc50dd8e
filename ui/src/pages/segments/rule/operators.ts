// The 21 comparisons of docs/rules/segment-rules.md: for which types each is, and what stands beside it.
import type { ColumnType } from "../../../api";

/** What a column holds, as far as comparisons care. */
export type Kind = "text" | "number" | "boolean" | "date" | "timestamp";

/** The kind of each type of column. */
export const kinds: Record<ColumnType, Kind> = {
  text: "text",
  integer: "number",
  float: "number",
  boolean: "boolean",
  date: "date",
  timestamp: "timestamp",
};

/** What stands beside an operator. */
export type Takes =
  | "nothing"
  | "one"
  | "two"
  | "many"
  | "length"
  | "day"
  | "month"
  | "year"
  | "weekday"
  | "clock";

interface Row {
  takes: Takes;
  kinds: readonly Kind[];
}

const every: readonly Kind[] = ["text", "number", "boolean", "date", "timestamp"];
const text: readonly Kind[] = ["text"];
const ordered: readonly Kind[] = ["number", "date", "timestamp"];
const moments: readonly Kind[] = ["date", "timestamp"];

const table = {
  equals: { takes: "one", kinds: every },
  notEquals: { takes: "one", kinds: every },
  isIn: { takes: "many", kinds: every },
  contains: { takes: "one", kinds: text },
  startsWith: { takes: "one", kinds: text },
  endsWith: { takes: "one", kinds: text },
  greaterThan: { takes: "one", kinds: ordered },
  greaterThanOrEqualTo: { takes: "one", kinds: ordered },
  lessThan: { takes: "one", kinds: ordered },
  lessThanOrEqualTo: { takes: "one", kinds: ordered },
  isBetween: { takes: "two", kinds: ordered },
  isNotBetween: { takes: "two", kinds: ordered },
  isWithinLast: { takes: "length", kinds: moments },
  yearToDate: { takes: "nothing", kinds: moments },
  dayOf: { takes: "day", kinds: moments },
  monthOf: { takes: "month", kinds: moments },
  yearOf: { takes: "year", kinds: moments },
  dayOfWeek: { takes: "weekday", kinds: moments },
  timeAt: { takes: "clock", kinds: ["timestamp"] },
  isNull: { takes: "nothing", kinds: every },
  isNotNull: { takes: "nothing", kinds: every },
} satisfies Record<string, Row>;

/** The name of a comparison, as rules write it. */
export type Operator = keyof typeof table;

/** What each comparison is for and takes. */
export const operators: Readonly<Record<Operator, Row>> = table;

/** All names, in the order in which they are offered. */
export const operatorNames = Object.keys(table) as Operator[];

/** The comparisons that make sense for a kind. */
export function operatorsFor(kind: Kind): Operator[] {
  return operatorNames.filter((name) => operators[name].kinds.includes(kind));
}

/** Units of `isWithinLast`; hours only where the column has points in time. */
export const units = ["hours", "days", "weeks", "months", "years"] as const;

/** A unit of `isWithinLast`. */
export type Unit = (typeof units)[number];
