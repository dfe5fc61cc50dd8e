// The language that is shown, and the locale that numbers and dates are written by.
import { createContext, use } from "react";

/** A language with the region of the operating system. */
export interface Locale {
  /** The language of all words. */
  language: "en" | "sv";
  /** A BCP 47 tag for Intl, for example `en-SE`. */
  tag: string;
}

/** Which locale everything below is written in. */
export const LocaleContext = createContext<Locale>({ language: "en", tag: "en" });

/** The locale that is shown. */
export function useLocale(): Locale {
  return use(LocaleContext);
}

/** The language that is chosen, or that of the operating system, with the region of the system. */
export function localeOf(chosen: "en" | "sv" | null | undefined, system: string | undefined): Locale {
  let region: string | undefined;
  let spoken: string | undefined;
  try {
    ({ region, language: spoken } = new Intl.Locale((system ?? "en").replace("_", "-")));
  } catch {
    // "C" and "POSIX" are no language tags; then there is no region to follow.
  }
  const language = chosen ?? (spoken === "sv" ? "sv" : "en");
  return { language, tag: region === undefined ? language : `${language}-${region}` };
}
