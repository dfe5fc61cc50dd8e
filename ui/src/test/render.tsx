// Shows the window at an address, over a fake host.
import { createMemoryHistory } from "@tanstack/react-router";
import { render, type RenderResult, screen } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";

import type { Language, Settings, Start, Theme } from "../api";
import { App } from "../frame/App";
import { begin } from "../frame/begin";
import { makeRouter } from "../frame/routes";
import { type FakeHost, fakeHost, type Handlers } from "../host/fake";

/** What the engine says of itself in tests. */
export const start: Start = {
  version: "0.1.0",
  data_dir: "/home/anna/.local/share/segue",
  user: "anna on LAPTOP-7",
  key_store: { kind: "system", trouble: "" },
  empty: false,
  sample: null,
  settings: { language: "en", theme: "light", close: "ask", tray: false, narrow_navigation: false },
};

/** How the window is shown. */
export interface PageOptions {
  language?: Language;
  theme?: Theme;
}

/** A window in a test. */
export interface ShownPage extends RenderResult {
  host: FakeHost;
  router: ReturnType<typeof makeRouter>;
  user: UserEvent;
}

/** The handlers that every page needs; settings are kept as they are set. */
function everyday({ language = "en", theme = "light" }: PageOptions): Handlers {
  let settings: Settings = { ...start.settings, language, theme };
  return {
    app_start: () => ({ ...start, settings }),
    settings_set: (changed) => {
      settings = { ...settings, ...changed };
      return settings;
    },
    window_locale: () => ({ locale: language === "sv" ? "sv-SE" : "en-GB" }),
    window_ready: () => null,
    window_words: () => null,
    window_keep: () => ({ tray: true }),
  };
}

/** Shows a page, for example `renderPage("/exports?tab=mine", { export_list: () => rows })`, until its heading is there. */
export async function renderPage(path: string, handlers: Handlers = {}, options: PageOptions = {}): Promise<ShownPage> {
  const host = fakeHost({ ...everyday(options), ...handlers });
  const router = makeRouter(createMemoryHistory({ initialEntries: [path] }));
  const user = userEvent.setup();
  const shown = render(<App beginning={begin(host)} router={router} />);
  await screen.findByRole("heading", { level: 1 }, { timeout: 15_000 });
  return { ...shown, host, router, user };
}
