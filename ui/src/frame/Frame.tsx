// What all pages share: header, navigation, palette, messages; the page itself is the outlet.
import { makeStyles, tokens, useFocusFinders } from "@fluentui/react-components";
import { Outlet, useNavigate } from "@tanstack/react-router";
import { Suspense, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useEvent } from "../api";
import { ArrivalContext, Arrivals } from "../parts/arrival";
import { CommandList, CommandListContext } from "../parts/commands";
import { useGuide } from "../parts/guide";
import { later } from "../parts/later";
import { Notices } from "../parts/notify";
import { type ShortcutId, Shortcuts, ShortcutsContext, useShortcut } from "../parts/shortcuts";
import { useRested } from "../parts/timer";
import { UnsavedQuestion } from "../parts/unsaved";
import { SampleBar } from "../parts/SampleBar";
import { readOthers } from "../text";
import { Drops } from "./Drops";
import { Header } from "./Header";
import { Navigation } from "./Navigation";
import { useGoTo } from "./places";
import { useQuit } from "./quit";
import { useReady } from "./ready";

const Palette = later(async () => (await import("./Palette")).Palette, ["palette"]);
const LeaveQuestion = later(async () => (await import("./LeaveQuestion")).LeaveQuestion, ["frame"]);
const ShortcutList = later(async () => (await import("./ShortcutList")).ShortcutList, ["frame"]);

const useStyles = makeStyles({
  frame: {
    height: "100%",
    display: "grid",
    gridTemplate: '"header header" 48px "navigation main" minmax(0, 1fr) / auto minmax(0, 1fr)',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  main: { gridArea: "main", overflow: "auto", position: "relative", ":focus": { outlineStyle: "none" } },
  skip: {
    position: "absolute",
    left: "8px",
    top: "-48px",
    zIndex: 10,
    padding: "8px 12px",
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorBrandForegroundLink,
    ":focus": { top: "8px" },
  },
});

/** The first page has rested after so many milliseconds. */
const REST = 1_000;

/** The frame of the window. */
export function Frame() {
  const [arrivals] = useState(() => new Arrivals());
  const [shortcuts] = useState(() => new Shortcuts());
  const [commands] = useState(() => new CommandList());
  useEffect(() => {
    window.addEventListener("keydown", shortcuts.hear);
    return () => {
      window.removeEventListener("keydown", shortcuts.hear);
    };
  }, [shortcuts]);
  return (
    <ShortcutsContext value={shortcuts}>
      <CommandListContext value={commands}>
        <ArrivalContext value={arrivals}>
          <Notices>
            <UnsavedQuestion>
              <Inside shortcuts={shortcuts} />
            </UnsavedQuestion>
          </Notices>
        </ArrivalContext>
      </CommandListContext>
    </ShortcutsContext>
  );
}

/** Actions of the system's menus that are a shortcut here. */
const menu: Record<string, ShortcutId> = {
  new: "new",
  run: "run",
  preview: "preview",
  search: "palette",
  help: "help",
  shortcuts: "shortcuts",
};

function Inside({ shortcuts }: { shortcuts: Shortcuts }) {
  const styles = useStyles();
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const guide = useGuide();
  const main = useRef<HTMLElement>(null);
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  const [running, setRunning] = useState<number | null>(null);
  useEvent("close_asked", ({ running: count }) => {
    setRunning(count);
  });
  // Whatever Fluent moves the focus by is there as long as the window: it alone shows again what it hid from screen
  // readers behind a pane, and would end with the last part that uses it.
  useFocusFinders();
  useGoTo();
  useQuit();
  useReady();
  const rested = useRested(REST);
  useEffect(() => {
    if (rested) void readOthers(i18n);
  }, [rested, i18n]);
  useShortcut("palette", () => {
    setOpen("palette");
  });
  useShortcut("shortcuts", () => {
    setOpen("shortcuts");
  });
  useShortcut("help", guide);
  useShortcut("new", () => void navigate({ to: "/exports", search: { setUp: "new" } }));
  useEvent("menu", ({ action }) => {
    const id = menu[action];
    if (id !== undefined) shortcuts.press(id);
    if (action === "settings") void navigate({ to: "/admin/system", search: { tab: "settings" } });
    if (action === "about") void navigate({ to: "/admin/system", search: { tab: "about" } });
  });
  const close = () => {
    setOpen(null);
  };
  return (
    <div className={styles.frame}>
      <a
        href="#main"
        className={styles.skip}
        onClick={(event) => {
          // The address after # is the page's.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t("skip")}
      </a>
      <Header onSearch={() => setOpen("palette")} onShortcuts={() => setOpen("shortcuts")} />
      <Navigation />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <SampleBar />
        <Suspense>
          <Outlet />
        </Suspense>
      </main>
      {open === "palette" && <Palette onClose={close} onShortcuts={() => setOpen("shortcuts")} />}
      {running !== null && (
        <LeaveQuestion
          running={running}
          onClose={() => {
            setRunning(null);
          }}
        />
      )}
      {open === "shortcuts" && <ShortcutList onClose={close} />}
      <Drops />
    </div>
  );
}
