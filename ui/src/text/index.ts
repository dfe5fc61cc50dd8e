// The words of the window in the language that is shown. Each language is a chunk of its own, so that only
// one is read before the first page.
import { createInstance, type FormatterModule, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";

import type { en } from "./en";

/** A language that all words exist in. */
export type Language = "en" | "sv";

/** The words by namespace and key, for types. */
export type Words = typeof en;

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "frame";
    keySeparator: false;
    resources: Words;
  }
}

const files: Record<Language, () => Promise<Words>> = {
  en: async () => (await import("./en")).en,
  sv: async () => (await import("./sv")).sv,
};

/** The words of a language; numbers in them are written as the locale does. */
export async function loadText(language: Language, locale: string): Promise<i18n> {
  const words = await files[language]();
  const number = new Intl.NumberFormat(locale);
  const text = createInstance();
  const format = (value: unknown) => (typeof value === "number" ? number.format(value) : String(value));
  // `interpolation.format` is replaced by the formatter module, so that is where numbers are written.
  const formatter: FormatterModule = { type: "formatter", init() {}, add() {}, addCached() {}, format };
  await text.use(initReactI18next).use(formatter).init({
    lng: language,
    resources: { [language]: words },
    ns: Object.keys(words),
    defaultNS: "frame",
    fallbackLng: false,
    keySeparator: false,
    interpolation: {
      // React escapes, and `count` of a plural is a number like any other.
      escapeValue: false,
      alwaysFormat: true,
    },
    react: { useSuspense: false },
  });
  return text;
}
