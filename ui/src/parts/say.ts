// Says in one sentence that something was done, or was not.
import { useCallback } from "react";

import { useNotify } from "./notify";

/** Says a sentence at the edge of the window, and to a screen reader. */
export function useSay(): (sentence: string, intent?: "success" | "error" | "warning" | "info") => void {
  const notify = useNotify();
  return useCallback(
    (title, intent = "success") => {
      notify({ intent, title });
    },
    [notify],
  );
}
