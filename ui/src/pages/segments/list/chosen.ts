// Which segments are selected in a list that is only partly here.
import { useMemo, useState } from "react";

import type { Rows, SegmentRow } from "../../../api";

/** The selection. */
export interface Chosen {
  ids: ReadonlySet<string>;
  /** The selected segments, as they are now where they are in view, else as they were when selected. */
  rows: SegmentRow[];
  choose: (ids: ReadonlySet<string>) => void;
}

/** The selection in a list of segments. */
export function useChosen(rows: Rows<SegmentRow>): Chosen {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [known, setKnown] = useState<ReadonlyMap<string, SegmentRow>>(new Map());
  const { at, count } = rows;
  const fresh = useMemo(() => {
    const found = new Map<string, SegmentRow>();
    if (ids.size === 0) return found;
    for (let index = 0; index < count && found.size < ids.size; index += 1) {
      const row = at(index);
      if (row !== undefined && ids.has(row.id)) found.set(row.id, row);
    }
    return found;
  }, [at, count, ids]);
  const chosen = useMemo(
    () => [...ids].map((id) => fresh.get(id) ?? known.get(id)).filter((row) => row !== undefined),
    [ids, fresh, known],
  );
  const choose = (next: ReadonlySet<string>) => {
    const remembered = new Map([...known, ...fresh].filter(([id]) => next.has(id)));
    for (let index = 0; index < count && remembered.size < next.size; index += 1) {
      const row = at(index);
      if (row !== undefined && next.has(row.id)) remembered.set(row.id, row);
    }
    setKnown(remembered);
    setIds(next);
  };
  return { ids, rows: chosen, choose };
}
