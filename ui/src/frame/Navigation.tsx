// The navigation on the left; below 1200 px, or when it is folded, a rail of icons.
import { Button, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ChevronDown20Regular, ChevronUp20Regular, Navigation20Regular, Settings20Regular } from "@fluentui/react-icons";
import { Link, useLocation } from "@tanstack/react-router";
import { useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import { useSettings } from "../api";
import { useTip } from "../parts/tip";
import { adminPlaces, type Place, places } from "./places";

const useStyles = makeStyles({
  navigation: {
    gridArea: "navigation",
    width: "200px",
    backgroundColor: tokens.colorNeutralBackground3,
    borderRight: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowX: "hidden",
    overflowY: "auto",
    boxSizing: "border-box",
  },
  rail: { width: "48px" },
  toggle: { width: "40px", minWidth: "40px", margin: "4px 4px 4px 6px", height: "40px" },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    minHeight: "40px",
    width: "100%",
    boxSizing: "border-box",
    padding: "4px 14px",
    border: "none",
    borderLeft: "3px solid transparent",
    paddingLeft: "13px",
    background: "none",
    color: tokens.colorNeutralForeground1,
    font: "inherit",
    fontSize: tokens.fontSizeBase300,
    textAlign: "start",
    textDecorationLine: "none",
    cursor: "pointer",
    ":hover": { backgroundColor: tokens.colorNeutralBackground3Hover },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
    "& svg": { flexShrink: 0 },
  },
  sub: { paddingLeft: "45px" },
  here: {
    backgroundColor: tokens.colorNeutralBackground1,
    borderLeftColor: tokens.colorCompoundBrandStroke,
    fontWeight: tokens.fontWeightSemibold,
    "& svg": { color: tokens.colorCompoundBrandForeground1 },
    "@media (forced-colors: active)": { borderLeftColor: "Highlight" },
  },
  word: { flexGrow: 1, overflowWrap: "anywhere", hyphens: "auto" },
});

const WIDE = "(min-width: 1200px)";

function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(WIDE);
      list.addEventListener("change", changed);
      return () => {
        list.removeEventListener("change", changed);
      };
    },
    () => window.matchMedia(WIDE).matches,
  );
}

/** The navigation. */
export function Navigation() {
  const styles = useStyles();
  const { t } = useTranslation();
  const wide = useWide();
  const [settings, change] = useSettings();
  const [unfolded, setUnfolded] = useState(false);
  const [adminOpen, setAdminOpen] = useState(true);
  const rail = wide ? settings?.narrow_navigation === true : !unfolded;
  const folding = t(rail ? "nav.unfold" : "nav.fold");
  const fold = useTip(() => folding, "after");
  const toggle = () => {
    // A narrow window folds by itself; unfolding it there is for this moment only.
    if (wide) change({ narrow_navigation: !rail });
    else setUnfolded(rail);
  };
  return (
    <nav aria-label={t("nav.main")} className={mergeClasses(styles.navigation, rail && styles.rail)}>
      <Button
        {...fold.on}
        appearance="subtle"
        className={styles.toggle}
        icon={<Navigation20Regular />}
        aria-label={folding}
        aria-expanded={!rail}
        onClick={toggle}
      />
      {fold.tip}
      <ul className={styles.list}>
        {places.map((place) => (
          <Item key={place.to} place={place} rail={rail} />
        ))}
        {rail ? (
          adminPlaces.map((place) => <Item key={place.to} place={place} rail />)
        ) : (
          <li>
            <button
              type="button"
              className={styles.item}
              aria-expanded={adminOpen}
              onClick={() => {
                setAdminOpen(!adminOpen);
              }}
            >
              <Settings20Regular aria-hidden />
              <span className={styles.word}>{t("nav.admin")}</span>
              {adminOpen ? <ChevronUp20Regular aria-hidden /> : <ChevronDown20Regular aria-hidden />}
            </button>
            {adminOpen && (
              <ul className={styles.list}>
                {adminPlaces.map((place) => (
                  <Item key={place.to} place={place} rail={false} sub />
                ))}
              </ul>
            )}
          </li>
        )}
      </ul>
    </nav>
  );
}

function Item({ place, rail, sub = false }: { place: Place; rail: boolean; sub?: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const path = useLocation({ select: (location) => location.pathname });
  const here = path === place.to || path.startsWith(`${place.to}/`);
  const word = t(`nav.${place.name}`);
  const { on, tip } = useTip(() => (rail ? word : null), "after");
  return (
    <li>
      <Link
        {...on}
        to={place.to}
        className={mergeClasses(styles.item, sub && styles.sub, here && styles.here)}
        aria-current={here ? "page" : undefined}
        aria-label={rail ? word : undefined}
      >
        {!sub && (here ? place.here : place.icon)}
        {!rail && <span className={styles.word}>{word}</span>}
      </Link>
      {tip}
    </li>
  );
}
