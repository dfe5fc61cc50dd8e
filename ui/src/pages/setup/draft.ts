// Step 2 as a form, and what is saved of it.
import * as v from "valibot";

import type { ExportDetail, ExportDraft, OnlyIf } from "../../api";
import { EMAIL, type MatchRow, storedRows, toMatches } from "./matching";

/** The limit of an export unless it is set otherwise (product.md rule 3). */
export const LIMIT = 100_000;

/** The share of a list that may leave at once unless it is set otherwise, in percent (rule 6). */
export const MAX_LOSS = 50;

/** The most segments of an export: what one pass over the data can tell apart. */
export const MOST_SEGMENTS = 128;

/** From which share of the limit on a warning is shown. */
export const WARNING = 0.9;

/** A chosen segment. */
export interface Chosen {
  /** Its id. */
  id: string;
  /** Its name. */
  name: string;
  /** The title of its list; `null`: its own name. */
  title: string | null;
}

/** What is entered in step 2. */
export interface DataForm {
  audience: string;
  matching: MatchRow[];
  segments: Chosen[];
  onlyYes: boolean;
  consentColumn: string;
  consentValue: string;
  leavers: "remove" | "keep";
  limit: string;
  sure: boolean;
  maxLoss: string;
}

/** A number as a person types it: blanks between the digits are no part of it. */
export function toNumber(text: string): number | null {
  const digits = text.replaceAll(/[\s.,'’]/gu, "");
  return /^\d{1,15}$/u.test(digits) ? Number(digits) : null;
}

/** The shape of what is entered; the words are keys of `setup`. What is true of the data the engine knows. */
export const dataShape = v.pipe(
  v.object({
    audience: v.pipe(v.string(), v.nonEmpty("audience.missing")),
    matching: v.pipe(
      v.array(
        v.object({
          target: v.string(),
          column: v.string(),
          blank: v.picklist(["skip", "clear"]),
          unfit: v.picklist(["invalid", "leave_out"]),
          suggested: v.nullable(v.picklist(["name", "contents"])),
        }),
      ),
      v.check((rows) => rows.some((row) => row.target === EMAIL && row.column !== ""), "attribute.missing"),
    ),
    segments: v.pipe(
      v.array(v.object({ id: v.string(), name: v.string(), title: v.nullable(v.string()) })),
      v.minLength(1, "segments.missing"),
      v.maxLength(MOST_SEGMENTS, "segments.tooMany"),
    ),
    onlyYes: v.boolean(),
    consentColumn: v.string(),
    consentValue: v.string(),
    leavers: v.picklist(["remove", "keep"]),
    limit: v.pipe(
      v.string(),
      v.check((text) => (toNumber(text) ?? 0) >= 1, "limit.bad"),
    ),
    sure: v.boolean(),
    maxLoss: v.pipe(
      v.string(),
      v.check((text) => (toNumber(text) ?? 101) <= 100, "maxLoss.bad"),
    ),
  }),
  v.forward(
    v.check((form) => !form.onlyYes || form.consentColumn !== "", "onlyYes.columnMissing"),
    ["consentColumn"],
  ),
  v.forward(
    v.check((form) => !form.onlyYes || form.consentColumn === "" || form.consentValue.trim() !== "", "onlyYes.valueMissing"),
    ["consentValue"],
  ),
  v.forward(
    v.check((form) => (toNumber(form.limit) ?? 0) <= LIMIT || form.sure, "limit.unsure"),
    ["sure"],
  ),
);

/** Step 2 of a new export, or of one that is edited. */
export function dataForm(detail: ExportDetail | null): DataForm {
  if (detail === null) {
    return {
      audience: "",
      matching: [],
      segments: [],
      onlyYes: false,
      consentColumn: "",
      consentValue: "",
      leavers: "remove",
      limit: String(LIMIT),
      sure: false,
      maxLoss: String(MAX_LOSS),
    };
  }
  return {
    audience: detail.audience.id,
    matching: storedRows(detail),
    segments: detail.segments.map(({ id, name, title }) => ({ id, name, title })),
    onlyYes: detail.only_if !== null,
    consentColumn: detail.only_if?.column ?? "",
    consentValue: detail.only_if?.value ?? "",
    leavers: detail.leavers,
    limit: String(detail.limit),
    // Whoever saved it above the usual limit said yes then.
    sure: detail.limit > LIMIT,
    maxLoss: String(detail.max_loss),
  };
}

/** The condition on a consent attribute; `null` while it is not whole. */
export function onlyIf(form: Pick<DataForm, "onlyYes" | "consentColumn" | "consentValue">): OnlyIf | null {
  const value = form.consentValue.trim();
  return form.onlyYes && form.consentColumn !== "" && value !== "" ? { column: form.consentColumn, value } : null;
}

/** What both steps make together. */
export function toDraft(
  name: string,
  connection: string,
  form: DataForm,
  edited: { id: string; version: string } | null,
  empty: string[] = [],
): ExportDraft {
  return {
    id: edited?.id ?? null,
    version: edited?.version ?? null,
    name: name.trim(),
    connection,
    audience: form.audience,
    matching: toMatches(form.matching),
    segments: form.segments.map(({ id, title }) => ({ id, title })),
    only_if: onlyIf(form),
    leavers: form.leavers,
    limit: toNumber(form.limit) ?? LIMIT,
    max_loss: toNumber(form.maxLoss) ?? MAX_LOSS,
    empty,
  };
}

/** Segments of the stored export that are chosen no longer. */
export function droppedSegments(detail: ExportDetail | null, form: DataForm): Chosen[] {
  const kept = new Set(form.segments.map((segment) => segment.id));
  return (detail?.segments ?? []).filter((segment) => !kept.has(segment.id));
}
