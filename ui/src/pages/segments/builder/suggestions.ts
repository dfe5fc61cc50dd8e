// Values that stand in a column, to choose from while one is typed.
import { useDeferredValue } from "react";

import { useAsk } from "../../../api";
import { columnOf } from "../rule/columns";
import { useBuilder } from "./ground";

/** Values of a column that hold what was typed; nothing where the column is not known. */
export function useSuggestions(attribute: string, typed: string, open: boolean): readonly string[] {
  const { audience, columns } = useBuilder();
  const column = columnOf(columns, attribute)?.name;
  const search = useDeferredValue(typed.trim());
  // Under 200 values all of them are here, and typing needs no further question.
  const all = useAsk("audience_values", { audience, column: column ?? "", search: "" }, { enabled: open && column !== undefined });
  const more = all.data?.more ?? false;
  const found = useAsk(
    "audience_values",
    { audience, column: column ?? "", search },
    { enabled: open && more && search !== "", keep: true },
  );
  const values = more && search !== "" ? found.data?.values : all.data?.values;
  const wanted = search.toLowerCase();
  return (values ?? []).filter((value) => value.toLowerCase().includes(wanted));
}
