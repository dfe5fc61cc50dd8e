// The figure in the footer of the pane: members, their share, and those with a valid e-mail.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { useFormat } from "../../../parts/format";
import type { Count } from "../builder/useCount";

const useStyles = makeStyles({
  all: { minWidth: 0, flexGrow: 1, fontVariantNumeric: "tabular-nums" },
  figure: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
  more: { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  old: { color: tokens.colorNeutralForegroundDisabled },
});

/** What the line shows. */
export interface CountLineProps {
  count: Count;
  /** Why nothing is counted now: the rule is unfinished, or wrong. */
  paused: "paused" | "wrong" | null;
}

/** The count of the rule as it is edited. */
export function CountLine({ count: { figures, old, error }, paused }: CountLineProps) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const styles = useStyles();
  const share = figures === undefined || figures.of === 0 ? 0 : figures.members / figures.of;
  const more =
    paused !== null
      ? t(`footer.${paused}`)
      : error !== null
        ? t("footer.failed")
        : old || figures === undefined
          ? t("footer.counting")
          : figures.with_email === null
            ? t("footer.share", { share: format.percent(share) })
            : t("footer.shareEmail", { share: format.percent(share), count: figures.with_email });
  const stale = old || paused !== null || error !== null;
  return (
    <div className={styles.all} role="status" aria-busy={stale}>
      {figures !== undefined && (
        <div className={mergeClasses(styles.figure, stale && styles.old)}>
          {figures.members === 0 ? t("footer.nobody") : t("footer.members", { count: figures.members })}
        </div>
      )}
      <div className={styles.more}>{more}</div>
      {!stale && figures?.not_in_audience !== undefined && (figures.not_in_audience ?? 0) > 0 && (
        <div className={styles.more}>{t("notInAudience", { count: figures.not_in_audience ?? 0 })}</div>
      )}
    </div>
  );
}
