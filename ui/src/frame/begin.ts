// What the window begins with: asked for and read before React is there.
import type { i18n } from "i18next";

import { askAhead, type Ground, openHost } from "../api";
import type { Host } from "../host";
import { type Locale, localeOf } from "../parts/locale";
import { loadText, readWords } from "../text";

/** The words that are shown, and what they and their numbers are written by. */
export interface Spoken {
  text: i18n;
  locale: Locale;
}

/** What was asked for and read ahead. */
export interface Beginning {
  /** With the answers that are there. */
  ground: Ground;
  /** The words by the settings and the system; those of this computer where neither can be read. */
  reading: Promise<Spoken>;
  /** The same, once they are read. */
  spoken: Spoken | null;
}

/** Asks for what the first page shows, and reads the words that it is written in. */
export function begin(host: Host): Beginning {
  const ground = openHost(host);
  const start = askAhead(ground, "app_start", {});
  const system = askAhead(ground, "window_locale", {});
  void askAhead(ground, "export_list", {});
  // Their file comes while the engine starts, though the settings may say another language than that of this computer.
  readWords(localeOf(null, navigator.language).language);
  const read = async (): Promise<Spoken> => {
    const locale = localeOf((await start)?.settings.language, (await system)?.locale);
    return { text: await loadText(locale.language, locale.tag), locale };
  };
  const reading = read();
  const beginning: Beginning = { ground, reading, spoken: null };
  void reading.then((spoken) => {
    beginning.spoken = spoken;
  });
  return beginning;
}
