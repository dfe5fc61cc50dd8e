// Language, locale and theme over everything, from the settings; changed at once when they are.
import { FluentProvider, makeStyles } from "@fluentui/react-components";
import type { i18n } from "i18next";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { I18nextProvider } from "react-i18next";

import { useAsk, useAskNow, useKeep } from "../api";
import { themes } from "../parts/brand";
import { type Locale, LocaleContext, localeOf } from "../parts/locale";
import { LookContext, useLookOf } from "../parts/look";
import { loadText, translate } from "../text";

const useStyles = makeStyles({
  whole: { height: "100vh", overflow: "hidden" },
});

interface Words {
  text: i18n;
  locale: Locale;
}

/** The words for a locale; the former ones until they are there. */
function useWords(locale: Locale | null): Words | null {
  const [words, setWords] = useState<Words | null>(null);
  const latest = useRef<i18n | null>(null);
  const { language, tag } = locale ?? {};
  useEffect(() => {
    if (language === undefined || tag === undefined) return undefined;
    let wanted = true;
    const loading = latest.current === null ? loadText(language, tag) : translate(latest.current, language, tag);
    void loading.then((text) => {
      if (!wanted) return;
      latest.current = text;
      setWords({ text, locale: { language, tag } });
    });
    return () => {
      wanted = false;
    };
  }, [language, tag]);
  return words;
}

/** Everything below is in the language and theme of the settings. */
export function Dressed({ children }: { children: ReactNode }) {
  const styles = useStyles();
  const ask = useAskNow();
  const remember = useKeep();
  const start = useAsk("app_start", {});
  const system = useAsk("window_locale", {});
  const known = (start.data !== undefined || start.isError) && (system.data !== undefined || system.isError);
  const settings = start.data?.settings;
  const words = useWords(known ? localeOf(settings?.language, system.data?.locale) : null);
  const look = useLookOf(settings?.theme ?? "system");
  const language = words?.locale.language;
  useEffect(() => {
    if (language === undefined) return;
    document.documentElement.lang = language;
    document.documentElement.dir = "ltr";
    // The menus of the system follow; where there are none, there is nothing to do about it.
    ask("window_words", { language }).catch(() => undefined);
  }, [ask, language]);
  const keep = settings?.tray;
  useEffect(() => {
    if (keep === undefined) return;
    // What becomes of the window when it is closed is decided where there is no page; the answer is for the settings.
    ask("window_keep", { keep }).then(
      (kept) => {
        remember("window_keep", { keep }, kept);
      },
      () => undefined,
    );
  }, [ask, remember, keep]);
  useEffect(() => {
    document.documentElement.style.colorScheme = look === "light" ? "light" : "dark";
  }, [look]);
  if (words === null) return null;
  return (
    <LookContext value={look}>
      <LocaleContext value={words.locale}>
        <I18nextProvider i18n={words.text}>
          <FluentProvider theme={themes[look]} dir="ltr" lang={words.locale.language}>
            {/* Not on the provider: every tooltip and menu gets its classes as well. */}
            <div className={styles.whole}>{children}</div>
          </FluentProvider>
        </I18nextProvider>
      </LocaleContext>
    </LookContext>
  );
}
