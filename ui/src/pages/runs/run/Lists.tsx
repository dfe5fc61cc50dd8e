// The lists that a run touched: before, joined, left, after.
import {
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from "@fluentui/react-components";
import { CheckmarkCircleRegular, WarningRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { RunDetail } from "../../../api";
import { Card, Clip, useFormat } from "../../../parts";

const useStyles = makeStyles({
  scroll: { overflowX: "auto" },
  table: { minWidth: "480px", tableLayout: "fixed" },
  first: { width: "40%" },
  number: { textAlign: "right", fontVariantNumeric: "tabular-nums" },
  head: { justifyContent: "flex-end" },
  strong: { fontWeight: tokens.fontWeightSemibold },
  verified: {
    display: "flex",
    gap: "8px",
    alignItems: "flex-start",
    margin: 0,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  well: { color: tokens.colorStatusSuccessForeground1, fontSize: "16px", flexShrink: 0 },
  wrong: { color: tokens.colorStatusWarningForeground3, fontSize: "16px", flexShrink: 0 },
});

/** Whether the account's list sizes agree, in words; nothing where they were not asked. */
export function Verified({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation(["runs", "words"]);
  const styles = useStyles();
  const { run, lists, connection } = detail;
  if (run.verified === null) return null;
  const account = connection === "" ? t("words:product.autopilot") : connection;
  const left = run.counts.leavers_removed;
  const [only, ...others] = lists.filter(({ after }) => after !== null);
  const words = () => {
    if (run.verified !== true) return t("verified.false", { account });
    return only !== undefined && others.length === 0
      ? t("verified.true", { list: only.title, count: only.after ?? 0, account })
      : t("verified.lists", { count: others.length + (only === undefined ? 0 : 1), account });
  };
  return (
    <p className={styles.verified}>
      {run.verified ? (
        <CheckmarkCircleRegular className={styles.well} aria-hidden />
      ) : (
        <WarningRegular className={styles.wrong} aria-hidden />
      )}
      <span>{[words(), ...(left > 0 && run.verified ? [t("verified.left", { count: left })] : [])].join(" ")}</span>
    </p>
  );
}

/** The card of the lists. */
export function Lists({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation(["runs", "words"]);
  const styles = useStyles();
  const format = useFormat();
  if (detail.lists.length === 0) return null;
  const size = (people: number | null) => (people === null ? t("lists.unknown") : format.number(people));
  const title = t("lists", { account: detail.connection === "" ? t("words:product.autopilot") : detail.connection });
  return (
    <Card title={title}>
      <div className={styles.scroll}>
        <Table size="small" className={styles.table} aria-label={title}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell className={styles.first}>{t("lists.list")}</TableHeaderCell>
              {(["before", "joined", "left", "after"] as const).map((column) => (
                <TableHeaderCell key={column} className={styles.number} button={{ className: styles.head }}>
                  {t(`lists.${column}`)}
                </TableHeaderCell>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {detail.lists.map((list) => (
              <TableRow key={list.title}>
                <TableCell className={styles.strong}>
                  <Clip text={list.title} />
                </TableCell>
                <TableCell className={styles.number}>{size(list.before)}</TableCell>
                <TableCell className={styles.number}>{format.number(list.joined)}</TableCell>
                <TableCell className={styles.number}>{format.number(list.left)}</TableCell>
                <TableCell className={styles.number}>{size(list.after)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Card>
  );
}
