// A comparison: made when the page opens, made again when asked. It is the plan of one moment, so it is not
// kept in the cache of answers, where another visit would find it.
import { useEffect, useState } from "react";

import { type Failure, type PreviewView, useTell } from "../../api";

/** A comparison. */
export interface Comparison {
  /** The preview that is shown; `null`: none yet, or another one is being made. */
  view: PreviewView | null;
  /** The one that it replaced because the plan had changed. */
  before: PreviewView | null;
  /** Why there is none. */
  failure: Failure | null;
  /** Compares again; what was shown stays for comparison where the plan had changed. */
  again: (changed?: boolean) => void;
}

/** The comparison of an export; another export is another component. */
export function usePreview(id: string): Comparison {
  // Only the answer to the last question is the data of a mutation.
  const { mutate, data, error, isPending } = useTell("preview_make");
  const [before, setBefore] = useState<PreviewView | null>(null);
  useEffect(() => {
    mutate({ id });
  }, [mutate, id]);
  return {
    view: isPending ? null : (data ?? null),
    before: isPending ? null : before,
    failure: error,
    again: (changed = false) => {
      setBefore(changed ? (data ?? null) : null);
      mutate({ id });
    },
  };
}
