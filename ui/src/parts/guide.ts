// Opens the user guide in the language that is shown.
import { useCallback } from "react";

import { useAskNow } from "../api";
import { useErrorWords } from "./errors";
import { useLocale } from "./locale";
import { useNotify } from "./notify";

/** Opens the guide; a failure is said at the edge of the window. */
export function useGuide(): () => void {
  const ask = useAskNow();
  const notify = useNotify();
  const words = useErrorWords();
  const { language } = useLocale();
  return useCallback(() => {
    ask("window_reveal", { what: language === "sv" ? "guide_sv" : "guide_en" }).catch((error: unknown) => {
      const { title, todo } = words(error as Parameters<typeof words>[0]);
      notify({ intent: "error", title, body: todo });
    });
  }, [ask, notify, words, language]);
}
