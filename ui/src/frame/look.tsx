// Language, locale and theme over everything, from the settings; changed at once when they are.
import { FluentProvider, makeStyles } from "@fluentui/react-components";
import { type ReactNode, useEffect, useState } from "react";
import { I18nextProvider } from "react-i18next";

import { useAsk, useAskNow, useKeep } from "../api";
import { themes } from "../parts/brand";
import { type Locale, LocaleContext, localeOf } from "../parts/locale";
import { LookContext, useLookOf } from "../parts/look";
import { translate } from "../text";
import type { Beginning, Spoken } from "./begin";

const useStyles = makeStyles({
  whole: { height: "100vh", overflow: "hidden" },
});

/** The words for a locale; the former ones until they are there. */
function useSpoken({ spoken, reading }: Beginning, locale: Locale | null): Spoken | null {
  const [shown, setShown] = useState(spoken);
  const { language, tag } = locale ?? {};
  useEffect(() => {
    if (language === undefined || tag === undefined) return undefined;
    if (shown?.locale.language === language && shown.locale.tag === tag) return undefined;
    let wanted = true;
    const read = async () => {
      const next = shown === null ? await reading : { text: await translate(shown.text, language, tag), locale: { language, tag } };
      if (wanted) setShown(next);
    };
    void read();
    return () => {
      wanted = false;
    };
  }, [language, tag, shown, reading]);
  return shown;
}

/** Everything below is in the language and theme of the settings. */
export function Dressed({ beginning, children }: { beginning: Beginning; children: ReactNode }) {
  const styles = useStyles();
  const ask = useAskNow();
  const remember = useKeep();
  const start = useAsk("app_start", {});
  const system = useAsk("window_locale", {});
  const known = (start.data !== undefined || start.isError) && (system.data !== undefined || system.isError);
  const settings = start.data?.settings;
  const words = useSpoken(beginning, known ? localeOf(settings?.language, system.data?.locale) : null);
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
