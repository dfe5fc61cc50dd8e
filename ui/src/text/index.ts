// The words of the window in the language that is shown. What every page says is read before the first one;
// the words of a page come with it.
import { type BackendModule, createInstance, type FormatterModule, type i18n, type ReadCallback } from "i18next";
import { initReactI18next } from "react-i18next";

import { FIRST } from "./first";
import type { Namespace, Words } from "./words";

/** A language that all words exist in. */
export type Language = "en" | "sv";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "frame";
    keySeparator: false;
    resources: Words;
  }
}

const files = import.meta.glob<Record<string, string>>("./{en,sv}/*.json", { import: "default" });

/** What all pages say. */
const ALL = [...new Set(Object.keys(files).map((file) => file.replace(/^.*\/|\.json$/gu, "")))].filter(
  // The system's own menus and notices, which the program itself speaks.
  (namespace) => namespace !== "shell",
);

/** Reads the words of the other pages, so that none of them waits for its own when it is first opened. */
export async function readOthers(text: i18n): Promise<void> {
  await text.loadNamespaces(ALL);
}

async function give(language: string, namespace: string, done: ReadCallback): Promise<void> {
  try {
    const file = files[`./${language}/${namespace}.json`];
    if (file === undefined) throw new Error(`There are no words "${namespace}" in "${language}".`);
    done(null, await file());
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)), false);
  }
}

/** Reads the words of the first pages before they are needed. */
export function readWords(language: Language): void {
  for (const namespace of FIRST) void files[`./${language}/${namespace}.json`]?.();
}

/** Reads a file of words when it is first needed. */
const backend: BackendModule = {
  type: "backend",
  init() {},
  read(language, namespace, done) {
    void give(language, namespace, done);
  },
};

/**
 * The words of a language; numbers in them are written as the locale does. `namespaces` are read at once, others
 * when a component asks for them, which waits as it does for its own code.
 */
export async function loadText(
  language: Language,
  locale: string,
  namespaces: readonly Namespace[] = FIRST,
): Promise<i18n> {
  const number = new Intl.NumberFormat(locale);
  const format = (value: unknown) => (typeof value === "number" ? number.format(value) : String(value));
  // `interpolation.format` is replaced by the formatter module, so that is where numbers are written.
  const formatter: FormatterModule = { type: "formatter", init() {}, add() {}, addCached() {}, format };
  const text = createInstance();
  await text.use(initReactI18next).use(backend).use(formatter).init({
    lng: language,
    ns: [...namespaces],
    defaultNS: "frame",
    fallbackLng: false,
    keySeparator: false,
    interpolation: {
      // React escapes, and `count` of a plural is a number like any other.
      escapeValue: false,
      alwaysFormat: true,
    },
    react: { useSuspense: true },
  });
  return text;
}

/** The same words in another language, with everything that was read so far, so that nothing on the page waits. */
export function translate(text: i18n, language: Language, locale: string): Promise<i18n> {
  const read = Object.keys(text.getDataByLanguage(text.language) ?? {}) as Namespace[];
  return loadText(language, locale, read);
}
