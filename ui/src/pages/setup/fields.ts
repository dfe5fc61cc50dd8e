// What the fields of an account are called.
import type { TFunction } from "i18next";

import type { AccountFieldRow, AccountShape, FieldType } from "../../api";
import { isCustom } from "./matching";

/** Keys of the names of standard fields of classic: one that is not among them is shown as the account calls it. */
type FieldKey = "field.Email";

/** The name of a field that people see: in their language where every account has it. */
export function fieldName(t: TFunction<"setup">, target: string, field?: AccountFieldRow): string {
  if (isCustom(target)) return field?.name ?? target.slice("custom:".length);
  const called = field?.name ?? target;
  // Ortto names its fields by ids, which are no keys of ours.
  return target.includes(":") ? called : t(`field.${target}` as FieldKey, { defaultValue: called });
}

/** Kinds of fields whose values have to look in a way that nobody would guess. */
const SHAPED = ["long_text", "decimal", "time", "phone", "place", "choice", "choices"] as const satisfies readonly FieldType[];

/** What a value of such a field looks like; `undefined` where that goes without saying. */
export function shapeOf(t: TFunction<"setup">, field: AccountFieldRow | undefined): string | undefined {
  const kind = SHAPED.find((one) => one === field?.kind);
  return kind === undefined ? undefined : t(`shape.${kind}`);
}

/** A field of the account as it is now; `undefined` where it has none of that name. */
export function fieldOfAccount(shape: AccountShape | undefined, target: string): AccountFieldRow | undefined {
  return shape?.fields.find((field) => field.target === target);
}
