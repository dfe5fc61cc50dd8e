// Shows a file or folder in the system's own program.
import { useCallback } from "react";

import { type Failure, type RevealWhat, useAskNow } from "../api";
import { useErrorWords } from "./errors";
import { useSay } from "./say";

/** Shows it; a failure is said at the edge of the window. */
export function useReveal(): (what: RevealWhat, path?: string) => void {
  const ask = useAskNow();
  const say = useSay();
  const words = useErrorWords();
  return useCallback(
    (what, path) => {
      ask("window_reveal", path === undefined ? { what } : { what, path }).catch((error: unknown) => {
        say(words(error as Failure).title, "error");
      });
    },
    [ask, say, words],
  );
}
