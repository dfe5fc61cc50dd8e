// What the fields of an account are called.
import type { TFunction } from "i18next";

import type { AccountFieldRow, AccountShape } from "../../api";
import { isCustom } from "./matching";

/** Keys of the names of standard fields: one that is not among them is shown as the account calls it. */
type FieldKey = "field.Email";

/** The name of a field that people see: in their language where every account has it. */
export function fieldName(t: TFunction<"setup">, target: string): string {
  if (isCustom(target)) return target.slice("custom:".length);
  return t(`field.${target}` as FieldKey, { defaultValue: target });
}

/** A field of the account as it is now; `undefined` where it has none of that name. */
export function fieldOfAccount(shape: AccountShape | undefined, target: string): AccountFieldRow | undefined {
  return shape?.fields.find((field) => field.target === target);
}
