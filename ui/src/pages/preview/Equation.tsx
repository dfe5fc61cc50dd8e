// The equation: in segments - invalid - duplicates - excluded = people = new + changed + failed before +
// unchanged. Leaving and held stand apart. Each figure shows its people.
import { makeStyles, mergeClasses, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Preview, Product } from "../../api";
import { Card, tagged, useFill, useFormat, useRowLook } from "../../parts";
import { people, sent, type Tab } from "./groups";

const useStyles = makeStyles({
  equation: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", justifyContent: "space-between", gap: "12px 2px" },
  term: { display: "flex", flexDirection: "column", padding: "2px 3px", minWidth: 0 },
  button: {
    display: "flex",
    flexDirection: "column",
    alignItems: "flex-start",
    padding: "2px 3px",
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    background: "none",
    font: "inherit",
    color: "inherit",
    textAlign: "start",
    cursor: "pointer",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "1px" },
  },
  number: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontVariantNumeric: "tabular-nums",
    whiteSpace: "nowrap",
  },
  strong: { fontWeight: tokens.fontWeightSemibold },
  word: {
    display: "flex",
    alignItems: "center",
    gap: "6px",
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
  mark: { width: "10px", height: "10px", borderRadius: tokens.borderRadiusSmall, flexShrink: 0, boxSizing: "border-box", forcedColorAdjust: "none" },
  sign: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase500,
    paddingTop: "2px",
  },
  apart: { display: "flex", gap: "4px", borderLeft: `1px solid ${tokens.colorNeutralStroke1}`, paddingLeft: "6px" },
  bar: { display: "flex", gap: "2px", height: "12px", borderRadius: tokens.borderRadiusMedium, overflow: "hidden" },
  part: { minWidth: "4px", forcedColorAdjust: "none", boxSizing: "border-box" },
  words: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  skeleton: { display: "flex", gap: "24px", flexWrap: "wrap" },
});

/** The class of a run that each group becomes, for its colour and pattern. */
const CLASS = {
  new: "created",
  changed: "updated",
  retry: "rejected",
  unchanged: "unchanged",
  leaving: "left",
  held: "left",
  excluded: "excluded",
  invalid: "invalid",
  duplicate: "duplicate",
} as const satisfies Record<Tab, string>;

const OUT = ["invalid", "duplicate", "excluded"] as const;
const IN = ["new", "changed", "retry", "unchanged"] as const;

/** What the equation needs. */
export interface EquationProps {
  preview: Preview;
  product: Product | null | undefined;
  tab: Tab;
  onTab: (tab: Tab) => void;
}

/** The card with the equation. */
export function Equation({ preview, product, tab, onTab }: EquationProps) {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  const format = useFormat();
  const fill = useFill();
  const look = useRowLook();
  const figure = (group: Tab) => (
    <button
      type="button"
      className={mergeClasses(styles.button, look.row, tab === group && look.selected)}
      aria-pressed={tab === group}
      onClick={() => {
        onTab(group);
      }}
    >
      <span className={styles.number}>{format.number(preview[group])}</span>
      <span className={styles.word}>
        <span className={styles.mark} style={fill(CLASS[group])} aria-hidden />
        {t(`figure.${group}`)}
      </span>
    </button>
  );
  return (
    <Card>
      <div className={styles.equation} role="group" aria-label={t("equation")}>
        <Plain number={preview.source} word={t("source")} />
        {OUT.map((group) => (
          <Fragment key={group}>
            <Sign>−</Sign>
            {figure(group)}
          </Fragment>
        ))}
        <Sign>=</Sign>
        <Plain number={people(preview)} word={t("people")} />
        {IN.map((group, index) => (
          <Fragment key={group}>
            <Sign>{index === 0 ? "=" : "+"}</Sign>
            {figure(group)}
          </Fragment>
        ))}
        <div className={styles.apart}>
          {figure("leaving")}
          {preview.held > 0 && figure("held")}
        </div>
      </div>
      <div className={styles.bar} aria-hidden>
        {[...OUT, ...IN].map(
          (group) =>
            preview[group] > 0 && (
              <div key={group} className={styles.part} style={{ flexGrow: preview[group], flexBasis: 0, ...fill(CLASS[group]) }} />
            ),
        )}
      </div>
      <p className={styles.words}>
        {[
          ...(sent(preview) > 0 ? [t("sent", { count: sent(preview) })] : []),
          ...(preview.leaving > 0 ? [t("leave", { count: preview.leaving, context: tagged(product) })] : []),
          ...(preview.unchanged > 0 ? [t("stay", { count: preview.unchanged })] : []),
        ].join(" ")}
      </p>
    </Card>
  );
}

function Plain({ number, word }: { number: number; word: string }) {
  const styles = useStyles();
  const format = useFormat();
  return (
    <div className={styles.term}>
      <span className={mergeClasses(styles.number, styles.strong)}>{format.number(number)}</span>
      <span className={styles.word}>{word}</span>
    </div>
  );
}

function Sign({ children }: { children: ReactNode }) {
  const styles = useStyles();
  return <span className={styles.sign}>{children}</span>;
}

/** What stands there while it is compared. */
export function EquationSkeleton() {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  return (
    <Card>
      <Skeleton aria-label={t("comparing")}>
        <div className={styles.skeleton}>
          {Array.from({ length: 9 }, (_, index) => (
            <div key={index}>
              <SkeletonItem style={{ width: "72px", height: "24px", marginBottom: "6px" }} />
              <SkeletonItem style={{ width: "56px", height: "12px" }} />
            </div>
          ))}
        </div>
        <SkeletonItem style={{ height: "12px", marginTop: "16px" }} />
      </Skeleton>
    </Card>
  );
}
