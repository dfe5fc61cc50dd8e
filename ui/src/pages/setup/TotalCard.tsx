// The running total of distinct valid addresses against the limit. It is counted by the engine, 300 ms after
// the last change; until then the former figure stays in grey.
import {
  Button,
  makeStyles,
  mergeClasses,
  ProgressBar,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from "@fluentui/react-components";
import { ErrorCircleRegular, WarningRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { Total } from "../../api";
import { Clip, useFormat } from "../../parts";
import { type Chosen, WARNING } from "./draft";
import type { Counting } from "./counting";

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    padding: "12px 16px",
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    minWidth: 0,
  },
  line: { display: "flex", justifyContent: "space-between", gap: "12px", flexWrap: "wrap" },
  title: { fontWeight: tokens.fontWeightSemibold },
  figure: { fontWeight: tokens.fontWeightSemibold },
  figures: { fontVariantNumeric: "tabular-nums", color: tokens.colorNeutralForeground2 },
  strong: { color: tokens.colorNeutralForeground1 },
  stale: { color: tokens.colorNeutralForeground3 },
  quiet: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontVariantNumeric: "tabular-nums",
  },
  bar: { position: "relative" },
  tick: {
    position: "absolute",
    insetBlock: "-3px",
    width: "2px",
    insetInlineStart: "90%",
    backgroundColor: tokens.colorNeutralForeground1,
  },
  words: { display: "flex", gap: "6px", alignItems: "flex-start" },
  icon: { flexShrink: 0, fontSize: "16px" },
  danger: { color: tokens.colorStatusDangerForeground1 },
  warning: { color: tokens.colorStatusWarningForeground3 },
  near: { "& > div": { backgroundColor: tokens.colorStatusWarningBackground3 } },
  number: {
    textAlign: "end",
    fontVariantNumeric: "tabular-nums",
    // The words of a heading stand in a box of their own.
    "& > *": { justifyContent: "flex-end" },
  },
  thick: { height: "8px" },
});

/** What the card needs. */
export interface TotalCardProps {
  counting: Counting;
  limit: number;
  segments: readonly Chosen[];
  /** Whether an attribute is chosen for Email. */
  hasEmail: boolean;
}

/** The total with its bar. */
export function TotalCard({ counting, limit, segments, hasEmail }: TotalCardProps) {
  const { t } = useTranslation("setup");
  const styles = useStyles();
  const format = useFormat();
  const { total, stale, error, again } = counting;
  if (segments.length === 0 || !hasEmail) {
    return (
      <div className={styles.card}>
        <div className={styles.title}>{t("total")}</div>
        <div className={styles.quiet}>{segments.length === 0 ? t("total.none") : t("total.email")}</div>
      </div>
    );
  }
  if (error !== null && total === undefined) {
    return (
      <div className={styles.card} role="alert">
        <div className={styles.title}>{t("total.failed")}</div>
        <div>
          <Button size="small" onClick={again}>
            {t("fields.retry")}
          </Button>
        </div>
      </div>
    );
  }
  const addresses = total?.addresses ?? 0;
  const over = total !== undefined && addresses > limit;
  const near = !over && total !== undefined && addresses >= limit * WARNING;
  return (
    <div className={styles.card}>
      <div className={styles.line}>
        <span className={styles.title} id="set-up-total">
          {t("total")}
        </span>
        <span className={styles.figures} aria-live="polite" aria-busy={stale}>
          {total !== undefined && (
            <>
              <span className={mergeClasses(styles.figure, stale ? styles.stale : styles.strong)}>
                {format.number(addresses)}
              </span>{" "}
              {t("total.of", { limit })}
            </>
          )}
          {stale && <span className={styles.stale}> {t("total.counting")}</span>}
        </span>
      </div>
      <div className={styles.bar}>
        <ProgressBar
          className={mergeClasses(styles.thick, near && styles.near)}
          aria-labelledby="set-up-total"
          aria-valuetext={t("total.of", { limit })}
          thickness="large"
          value={Math.min(1, addresses / limit)}
          color={over ? "error" : "brand"}
        />
        <span className={styles.tick} aria-hidden />
      </div>
      <div className={mergeClasses(styles.line, styles.quiet)}>
        <span>
          {total !== undefined &&
            t("total.both", {
              memberships: t("total.memberships", { count: total.memberships }),
              people: t("total.people", { count: total.profiles }),
            })}
        </span>
        <span>{t("total.warning", { at: Math.floor(limit * WARNING) })}</span>
      </div>
      {near && (
        <div className={styles.words} role="status">
          <WarningRegular className={mergeClasses(styles.icon, styles.warning)} aria-hidden />
          {t("total.near", { count: limit - addresses })}
        </div>
      )}
      {over && (
        <>
          <div className={styles.words} role="alert">
            <ErrorCircleRegular className={mergeClasses(styles.icon, styles.danger)} aria-hidden />
            {t("total.over", { count: addresses - limit })}
          </div>
          {total.each.length > 1 && <Shares total={total} segments={segments} limit={limit} />}
        </>
      )}
    </div>
  );
}

/** What each segment adds, and how the total would be without it. */
function Shares({ total, segments, limit }: { total: Total; segments: readonly Chosen[]; limit: number }) {
  const { t } = useTranslation("setup");
  const styles = useStyles();
  const format = useFormat();
  return (
    <Table size="extra-small" aria-label={t("total.adds")}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell>{t("segments.column")}</TableHeaderCell>
          <TableHeaderCell className={styles.number}>{t("total.only")}</TableHeaderCell>
          <TableHeaderCell className={styles.number}>{t("total.without")}</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {total.each.map((each) => (
          <TableRow key={each.id}>
            <TableCell>
              <Clip text={segments.find((segment) => segment.id === each.id)?.name ?? each.id} />
            </TableCell>
            <TableCell className={styles.number}>{format.number(each.only_here)}</TableCell>
            <TableCell className={styles.number}>
              {format.number(each.without)} ({each.without <= limit ? t("total.fits") : t("total.still")})
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
