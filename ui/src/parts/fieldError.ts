// An error beside its field, as Fluent's `Field` takes it.
import type { FieldProps } from "@fluentui/react-components";

/** Spread it into a `Field`: `<Field label=… {...fieldError(words)}>`; nothing where there is no error. */
export function fieldError(words: string | undefined | null): Pick<FieldProps, "validationState" | "validationMessage"> {
  if (words === undefined || words === null || words === "") return {};
  return { validationState: "error", validationMessage: words };
}
