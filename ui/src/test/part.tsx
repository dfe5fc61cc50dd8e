// Shows one part by itself: in a language, in a theme, with a router around it, over a fake host.
import { FluentProvider } from "@fluentui/react-components";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, Outlet, RouterProvider } from "@tanstack/react-router";
import { render, type RenderResult } from "@testing-library/react";
import userEvent, { type UserEvent } from "@testing-library/user-event";
import type { ReactNode } from "react";
import { I18nextProvider } from "react-i18next";

import { ApiProvider, openHost } from "../api";
import { type FakeHost, fakeHost, type Handlers } from "../host/fake";
import { Announcer } from "../parts/announce";
import { themes } from "../parts/brand";
import { LocaleContext } from "../parts/locale";
import { LookContext } from "../parts/look";
import { Notices } from "../parts/notify";
import { Shortcuts, ShortcutsContext } from "../parts/shortcuts";
import { UnsavedQuestion } from "../parts/unsaved";
import { loadText } from "../text";
import type { PageOptions } from "./render";

/** A part in a test. */
export interface ShownPart extends RenderResult {
  user: UserEvent;
  host: FakeHost;
  shortcuts: Shortcuts;
  /** Goes to another page, as a link would. */
  leave: () => void;
}

/** Shows a part; `/elsewhere` is another page. */
export async function renderPart(
  part: ReactNode,
  { language = "en", theme = "light" }: PageOptions = {},
  handlers: Handlers = {},
): Promise<ShownPart> {
  const tag = language === "sv" ? "sv-SE" : "en-GB";
  const look = theme === "system" ? "light" : theme;
  const text = await loadText(language, tag);
  const [host, shortcuts] = [fakeHost(handlers), new Shortcuts()];
  window.addEventListener("keydown", shortcuts.hear);
  const root = createRootRoute({
    component: () => (
      <UnsavedQuestion>
        <main>
          <Outlet />
        </main>
      </UnsavedQuestion>
    ),
  });
  const here = createRoute({ getParentRoute: () => root, path: "/", component: () => part });
  const elsewhere = createRoute({ getParentRoute: () => root, path: "/elsewhere", component: () => <h1>Elsewhere</h1> });
  const router = createRouter({
    routeTree: root.addChildren([here, elsewhere]),
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  await router.load();
  const shown = render(
    <ApiProvider ground={openHost(host)}>
      <LookContext value={look}>
        <LocaleContext value={{ language, tag }}>
          <I18nextProvider i18n={text}>
            <FluentProvider theme={themes[look]}>
              <ShortcutsContext value={shortcuts}>
                <Announcer>
                  <Notices>
                    <RouterProvider router={router as never} />
                  </Notices>
                </Announcer>
              </ShortcutsContext>
            </FluentProvider>
          </I18nextProvider>
        </LocaleContext>
      </LookContext>
    </ApiProvider>,
  );
  return {
    ...shown,
    user: userEvent.setup(),
    host,
    shortcuts,
    leave: () => {
      router.history.push("/elsewhere");
    },
  };
}
