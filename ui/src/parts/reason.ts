// Why something happened to a person, in words: a sentence for a cell, a few words for a filter. The engine
// gives a code, and after a colon the field where a value did not fit.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Product } from "../api";
import { tagged } from "./product";

/** A reason as the engine wrote it: `code`, `code:FIELD`, `code: words` or plain words. */
export interface Reason {
  /** The code; `null`: there are only words. */
  code: string | null;
  /** What stands after the code: a field of the account, or words. */
  rest: string;
}

/** Takes a reason apart. */
export function readReason(text: string): Reason {
  const [, code, rest] = /^([a-z0-9_]+)(?::\s*(.*))?$/su.exec(text) ?? [];
  return code === undefined ? { code: null, rest: text } : { code, rest: rest ?? "" };
}

/** Says reasons and answers in the language that is shown. */
export interface ReasonWords {
  /** A few words, for filters. */
  short: (text: string) => string;
  /** A sentence, for cells. */
  why: (text: string) => string;
  /** What the account answered, or what the engine noted in its place. */
  answer: (text: string) => string;
}

/**
 * The words for reasons; of an account of Ortto they speak of tags. A code that is not known is shown with blanks, so
 * that nobody is without one.
 */
export function useReasonWords(product?: Product | null): ReasonWords {
  const { t, i18n } = useTranslation(["reasons", "errors"]);
  const context = tagged(product);
  return useMemo(() => {
    const say = (text: string, ending: "" | ".short") => {
      const { code, rest } = readReason(text);
      if (code === null) return rest;
      const key = `${code}${ending}`;
      // What ended a run may be any error, and those have words of their own.
      const error = `errors:${code}.title`;
      const words = i18n.exists(key, { ns: "reasons" })
        ? t(key as "list_refused", { context })
        : i18n.exists(error)
          ? t(error as "errors:usage.title")
          : code.replaceAll("_", " ");
      // One word after the code is a field; several are the engine's own English for the same thing.
      const field = /\s\S+\s/u.test(rest) ? "" : rest.replace(/^custom:/u, "");
      return field === "" ? words : t("inField", { field, reason: words });
    };
    return {
      short: (text) => (text === "" ? t("none") : say(text, ".short")),
      why: (text) => (text === "" ? "" : say(text, "")),
      answer(text) {
        const winner = /^(.+) goes instead$/su.exec(text)?.[1];
        if (winner !== undefined) return t("winner", { id: winner });
        return text.startsWith("address_lost:") ? t("stays", { context }) : text;
      },
    };
  }, [t, i18n, context]);
}

/** The words for a reason in a sentence. */
export function useReason(): (reason: string) => string {
  return useReasonWords().why;
}
