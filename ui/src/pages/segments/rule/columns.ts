// The columns that conditions may name, found as the engine finds them: exactly, or else without regard to
// letter case where that is one column only.
import type { Column } from "../../../api";
import { kinds } from "./operators";
import type { KindOf } from "./write";

/** The column of this name. */
export function columnOf(columns: readonly Column[], name: string): Column | undefined {
  const exact = columns.find((column) => column.name === name);
  if (exact !== undefined) return exact;
  const folded = name.normalize("NFC").toLowerCase();
  const near = columns.filter((column) => column.name.normalize("NFC").toLowerCase() === folded);
  return near.length === 1 ? near[0] : undefined;
}

/** What each column holds. */
export function kindsOf(columns: readonly Column[]): KindOf {
  return (name) => {
    const column = columnOf(columns, name);
    return column === undefined ? undefined : kinds[column.type];
  };
}
