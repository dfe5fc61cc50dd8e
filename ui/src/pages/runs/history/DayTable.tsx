// The chart as a table: the same days and numbers for everybody, and for screen readers always.
import {
  makeStyles,
  mergeClasses,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { useFormat } from "../../../parts";
import { type Day, noonOf, parts, sums } from "../days";

const useStyles = makeStyles({
  scroll: { maxHeight: "260px", overflow: "auto", flexGrow: 1, minWidth: 0 },
  // There for screen readers only, beside the drawing.
  hidden: { position: "absolute", width: "1px", height: "1px", overflow: "hidden", clipPath: "inset(50%)" },
  table: { minWidth: "480px" },
  number: { textAlign: "right", fontVariantNumeric: "tabular-nums" },
  head: { justifyContent: "flex-end" },
  total: { fontWeight: tokens.fontWeightSemibold },
});

/** The days as a table; `shown` or only for screen readers. */
export function DayTable({ days, shown }: { days: readonly Day[]; shown: boolean }) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const styles = useStyles();
  const total = sums(days);
  return (
    <div
      className={shown ? styles.scroll : styles.hidden}
      {...(shown ? { tabIndex: 0, role: "region", "aria-label": t("chart.asTable") } : {})}
    >
      <Table size="small" className={styles.table} aria-label={t("chart")}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell>{t("chart.day")}</TableHeaderCell>
            {parts.map((part) => (
              <TableHeaderCell key={part} className={styles.number} button={{ className: styles.head }}>
                {t(`chart.${part}`)}
              </TableHeaderCell>
            ))}
            <TableHeaderCell className={styles.number} button={{ className: styles.head }}>
              {t("chart.runs")}
            </TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {days.toReversed().map(({ day, runs }) => (
            <TableRow key={day}>
              <TableCell>{format.date(noonOf(day))}</TableCell>
              {parts.map((part) => (
                <TableCell key={part} className={styles.number}>
                  {runs === null ? "–" : format.number(runs[part])}
                </TableCell>
              ))}
              <TableCell className={styles.number}>{runs === null ? "–" : format.number(runs.runs)}</TableCell>
            </TableRow>
          ))}
          <TableRow className={styles.total}>
            <TableCell>{t("chart.total")}</TableCell>
            {parts.map((part) => (
              <TableCell key={part} className={styles.number}>
                {format.number(total[part])}
              </TableCell>
            ))}
            <TableCell className={mergeClasses(styles.number, styles.total)}>{format.number(total.runs)}</TableCell>
          </TableRow>
        </TableBody>
      </Table>
    </div>
  );
}
