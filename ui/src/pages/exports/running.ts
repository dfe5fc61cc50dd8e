// Begins runs, and says what began and what did not.
import { useCallback, useRef } from "react";
import { useTranslation } from "react-i18next";

import { type RunsStarted, useTell } from "../../api";
import { useErrorWords, useSay } from "../../parts";

/** Says which runs began and why others did not. */
export function useStarted(): (answer: RunsStarted) => void {
  const { t } = useTranslation("exports");
  const say = useSay();
  const words = useErrorWords();
  return useCallback(
    ({ runs }) => {
      const began = runs.filter((run) => run.error === null);
      const [first] = began;
      if (first !== undefined) say(t("started", { count: began.length, name: first.export.name }));
      for (const { export: named, error } of runs) {
        if (error !== null) say(t("refused", { name: named.name, why: words(error).title }), "error");
      }
    },
    [say, t, words],
  );
}

/** Runs exports; however often it is pressed, each begins once. */
export function useRun(): { run: (ids: string[]) => void; busy: boolean } {
  const { mutate, isPending } = useTell("export_run");
  // The second click of a double click comes before anything is drawn anew.
  const going = useRef(false);
  const started = useStarted();
  const say = useSay();
  const words = useErrorWords();
  const run = useCallback(
    (ids: string[]) => {
      if (ids.length === 0 || going.current) return;
      going.current = true;
      mutate(
        { exports: ids },
        {
          onSuccess: started,
          onError: (failure) => {
            say(words(failure).title, "error");
          },
          onSettled: () => {
            going.current = false;
          },
        },
      );
    },
    [mutate, started, say, words],
  );
  return { run, busy: isPending };
}
