// The words of an error, by its code.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import type { Failure } from "../api";
import type errors from "../text/en/errors.json";

type Key = keyof typeof errors;

/** An error in words. */
export interface ErrorWords {
  title: string;
  happened: string;
  sent: string;
  todo: string;
}

/** The words for a failure; a code that is not known is a defect, and reads as one. */
export function useErrorWords(): (failure: Failure) => ErrorWords {
  const { t, i18n } = useTranslation("errors");
  // The same function as long as the language is: callbacks are made of it, and rows are remembered by those.
  return useCallback(
    ({ code }) => {
      const known = i18n.exists(`${code}.title`, { ns: "errors" }) ? code : "internal";
      const words = (part: keyof ErrorWords) => t(`${known}.${part}` as Key);
      return { title: words("title"), happened: words("happened"), sent: words("sent"), todo: words("todo") };
    },
    [t, i18n],
  );
}

/** Codes whose English sentence names the very file, line or object: it is shown from the start. */
const precise = new Set(["bad_file", "bad_predicate", "bad_matching", "in_use", "not_found", "destination", "usage"]);

/** Whether the sentence of the engine is needed to understand the failure. */
export function isPrecise({ code }: Failure): boolean {
  return precise.has(code);
}
