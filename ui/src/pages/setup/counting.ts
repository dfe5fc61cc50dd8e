// The running total, counted 300 ms after the last change; until it is there the former one is known to be old.
import { useState } from "react";

import { type Failure, type Total, type TotalQuery, useAsk } from "../../api";
import { useDebounced } from "../../parts";

/** How long the form must rest before it is counted. */
const REST = 300;

/** A running total. */
export interface Counting {
  /** The last total. */
  total: Total | undefined;
  /** Whether it is of a former choice. */
  stale: boolean;
  /** Why there is none. */
  error: Failure | null;
  /** Counts again. */
  again: () => void;
}

/** Counts what a request asks; `null`: there is nothing to count. */
export function useCounting(request: TotalQuery | null): Counting {
  // Each render makes another object; what counts is what it asks.
  const key = JSON.stringify(request);
  const [same, setSame] = useState({ key, request });
  if (same.key !== key) setSame({ key, request });
  const { key: settled, request: asked } = useDebounced(same, REST);
  const { data, error, isPlaceholderData, isFetching, refetch } = useAsk(
    "export_total",
    asked ?? { audience: "", segments: [] },
    { enabled: asked !== null, keep: true },
  );
  return {
    total: request === null ? undefined : data,
    stale: key !== settled || isPlaceholderData || isFetching,
    error,
    again: () => void refetch(),
  };
}
