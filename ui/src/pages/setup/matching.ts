// Data matching as rows of a form: fields of the account, each with the attribute that goes there.
import type { AccountShape, AudienceDetail, Column, ExportDetail, Match, Product, Suggestions } from "../../api";

/** A row of data matching. */
export interface MatchRow {
  /** How a match names the field, for example `FirstName` or `custom:Club level`. */
  target: string;
  /** The attribute; empty while none is chosen. */
  column: string;
  /** What a blank does. */
  blank: "skip" | "clear";
  /** What a value does that does not fit the field. */
  unfit: "invalid" | "leave_out";
  /** Why the attribute is suggested; `null` once a person chose or confirmed it. */
  suggested: "name" | "contents" | null;
}

/** The field that every export needs. */
export const EMAIL = "Email";

/** Fields that always have a row in a new export, as in the mirrored pane. */
const USUAL = [EMAIL, "FirstName", "LastName"];

/** A row without an attribute. */
export function emptyRow(target: string): MatchRow {
  return { target, column: "", blank: "skip", unfit: "invalid", suggested: null };
}

/** What Ortto calls what is suggested by the names of classic. Telephone numbers are not among them: Ortto takes only
 * those with a country code, and whoever has another one would not be sent. */
const IN_ORTTO: Readonly<Record<string, string>> = {
  Email: EMAIL,
  FirstName: "FirstName",
  LastName: "LastName",
  MailingCity: "geo::city",
  MailingState: "geo::region",
  MailingCountry: "geo::country",
  MailingPostalCode: "str::postal",
};

/** The suggestions that an account of this product has a field for. */
function suggestedFor(product: Product, { fields }: Suggestions): Suggestions["fields"] {
  if (product !== "ortto") return fields;
  return fields.flatMap((field) => {
    const target = IN_ORTTO[field.target];
    return target === undefined ? [] : [{ ...field, target }];
  });
}

/** The rows that a new export begins with: the usual ones, then whatever else is suggested. */
export function suggestedRows(product: Product, suggestions: Suggestions): MatchRow[] {
  const fields = suggestedFor(product, suggestions);
  const others = fields.map((field) => field.target).filter((target) => !USUAL.includes(target));
  return [...USUAL, ...others].map((target) => {
    const found = fields.find((field) => field.target === target);
    return found === undefined
      ? emptyRow(target)
      : { ...emptyRow(target), column: found.column, suggested: found.reason };
  });
}

/** The rows of an export as it is stored. */
export function storedRows({ matching }: Pick<ExportDetail, "matching">): MatchRow[] {
  const rows: MatchRow[] = matching.map(({ target, column, blank, unfit }) => ({
    target,
    column,
    blank,
    unfit,
    suggested: null,
  }));
  return rows.some((row) => row.target === EMAIL) ? rows : [emptyRow(EMAIL), ...rows];
}

/** What is saved: rows that have an attribute. */
export function toMatches(rows: readonly MatchRow[]): Match[] {
  return rows
    .filter((row) => row.column !== "")
    .map(({ target, column, blank, unfit }) => ({ target, column, blank, unfit }));
}

/** Suggestions that nobody confirmed and that are saved all the same. */
export function unconfirmed(rows: readonly MatchRow[]): number {
  return rows.filter((row) => row.column !== "" && row.suggested !== null).length;
}

/** The column of an attribute, where the data still has it. */
export function columnOf(audience: AudienceDetail | undefined, name: string): Column | undefined {
  return audience?.fields.find((field) => field.name === name);
}

/** Fields of the account that have no row yet. */
export function unusedFields(shape: AccountShape | undefined, rows: readonly MatchRow[]): AccountShape["fields"] {
  const used = new Set(rows.map((row) => row.target));
  return (shape?.fields ?? []).filter((field) => !used.has(field.target));
}

/** Whether a field was made by the users of the account. */
export function isCustom(target: string): boolean {
  return target.startsWith("custom:");
}
