// The command palette: everything by name. A combobox over a listbox, in a dialog.
import { Dialog, DialogSurface, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Search20Regular } from "@fluentui/react-icons";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { useReturnFocus } from "../parts/returnFocus";
import { useHidden } from "../parts/hidden";
import { Keys } from "../parts/Keys";
import { useRowLook } from "../parts/rowLook";
import { type Entry, useEntries } from "./entries";

const useStyles = makeStyles({
  surface: {
    width: "640px",
    maxWidth: "calc(100vw - 32px)",
    padding: 0,
    marginTop: "72px",
    overflow: "hidden",
    boxSizing: "border-box",
  },
  field: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    padding: "12px 16px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    "& svg": { color: tokens.colorBrandForeground1, flexShrink: 0 },
  },
  input: {
    flexGrow: 1,
    minWidth: 0,
    border: "none",
    outlineStyle: "none",
    background: "none",
    color: tokens.colorNeutralForeground1,
    font: "inherit",
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
  },
  list: { maxHeight: "min(440px, calc(100vh - 240px))", overflowY: "auto", paddingBottom: "8px" },
  group: {
    padding: "12px 16px 4px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground2,
  },
  option: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    minHeight: "44px",
    padding: "4px 16px 4px 13px",
    boxSizing: "border-box",
    borderLeft: "3px solid transparent",
    cursor: "pointer",
  },
  icon: {
    display: "inline-flex",
    justifyContent: "center",
    width: "20px",
    flexShrink: 0,
    fontSize: "20px",
    color: tokens.colorBrandForeground1,
  },
  active: {
    borderLeftColor: tokens.colorCompoundBrandStroke,
    "@media (forced-colors: active)": { outline: "2px solid Highlight", outlineOffset: "-2px" },
  },
  text: { overflowWrap: "anywhere" },
  activeText: { fontWeight: tokens.fontWeightSemibold },
  hint: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, flexGrow: 1 },
  none: { padding: "16px", color: tokens.colorNeutralForeground2 },
  foot: {
    display: "flex",
    gap: "8px",
    alignItems: "center",
    padding: "8px 16px",
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
    backgroundColor: tokens.colorNeutralBackground2,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  all: {
    marginInlineStart: "auto",
    display: "flex",
    gap: "8px",
    alignItems: "center",
    border: "none",
    background: "none",
    font: "inherit",
    color: "inherit",
    cursor: "pointer",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
});

/** What the palette tells. */
interface PaletteProps {
  onClose: () => void;
  onShortcuts: () => void;
}

/** The palette. */
export function Palette({ onClose, onShortcuts }: PaletteProps) {
  const styles = useStyles();
  const look = useRowLook();
  const { t } = useTranslation("palette");
  const hidden = useHidden();
  useReturnFocus();
  const id = useId();
  const [search, setSearch] = useState("");
  const [at, setAt] = useState(0);
  const { groups, searching } = useEntries(search.trim());
  const entries = groups.flatMap((group) => group.entries);
  // Fewer entries may come back than were there; the mark stays on one of them.
  const active = Math.min(at, entries.length - 1);
  const option = (index: number) => `${id}-${String(index)}`;
  const choose = (entry: Entry | undefined) => {
    if (entry === undefined) return;
    onClose();
    entry.run();
  };
  const move = (to: number) => {
    const index = (to + entries.length) % entries.length;
    setAt(index);
    document.getElementById(option(index))?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, () => void> = {
      ArrowDown: () => {
        move(active + 1);
      },
      ArrowUp: () => {
        move(active - 1);
      },
      Enter: () => {
        choose(entries[active]);
      },
    };
    const step = steps[event.key];
    if (step === undefined || event.nativeEvent.isComposing || entries.length === 0) return;
    event.preventDefault();
    step();
  };
  const nothing = searching ? t("searching") : t("nothing", { search: search.trim() });
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface className={styles.surface} aria-label={t("label")}>
        <div className={styles.field}>
          <Search20Regular aria-hidden />
          <input
            className={styles.input}
            role="combobox"
            aria-label={t("label")}
            aria-expanded={entries.length > 0}
            aria-controls={`${id}-list`}
            aria-autocomplete="list"
            aria-activedescendant={entries.length > 0 ? option(active) : undefined}
            placeholder={t("label")}
            autoComplete="off"
            spellCheck={false}
            value={search}
            onChange={(event) => {
              setSearch(event.target.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
          <Keys of={{ key: "escape" }} />
        </div>
        <div id={`${id}-list`} role="listbox" aria-label={t("results")} className={styles.list}>
          {groups.map((group, number) => (
            <div key={group.kind} role="group" aria-labelledby={`${id}-${group.kind}`}>
              <div id={`${id}-${group.kind}`} role="presentation" className={styles.group}>
                {t(`group.${group.kind}`)}
              </div>
              {group.entries.map((entry, place) => {
                const here = groups.slice(0, number).reduce((sum, { entries: before }) => sum + before.length, place);
                return (
                  <div
                    key={entry.id}
                    id={option(here)}
                    role="option"
                    tabIndex={-1}
                    aria-selected={here === active}
                    className={mergeClasses(styles.option, ...(here === active ? [look.selected, styles.active] : []))}
                    onMouseMove={() => {
                      setAt(here);
                    }}
                    onClick={() => {
                      choose(entry);
                    }}
                    onKeyDown={onKeyDown}
                  >
                    <span className={styles.icon}>{entry.icon}</span>
                    <span className={mergeClasses(styles.text, here === active && styles.activeText)}>{entry.text}</span>
                    <span className={styles.hint}>{entry.hint}</span>
                    {entry.shortcut !== undefined && <Keys of={entry.shortcut} />}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
        <div role="status">
          {entries.length === 0 ? (
            <div className={styles.none}>{nothing}</div>
          ) : (
            <span className={hidden}>{t("found", { count: entries.length })}</span>
          )}
        </div>
        <div className={styles.foot}>
          <Keys of={{ key: "↑ ↓" }} /> {t("move")}
          <Keys of={{ key: "enter" }} /> {t("open")}
          <button type="button" className={styles.all} onClick={onShortcuts}>
            <Keys of="shortcuts" /> {t("allShortcuts")}
          </button>
        </div>
      </DialogSurface>
    </Dialog>
  );
}
