// People by day: bars with their sums beside them, or the same as a table.
import { Button, Dropdown, makeStyles, mergeClasses, Option, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { DataBarVerticalRegular, TableRegular } from "@fluentui/react-icons";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { useAsk } from "../../../api";
import { Card, ErrorBar, later, useFill, useFormat } from "../../../parts";
import { classOf, fillDays, lastDays, noonOf, parts, type Period, periods, sums } from "../days";
import { DayTable } from "./DayTable";

const Drawing = later(async () => (await import("./Drawing")).default, ["runs"]);

const useStyles = makeStyles({
  head: { display: "flex", alignItems: "center", gap: "8px 12px", flexWrap: "wrap" },
  period: { minWidth: "168px" },
  body: { display: "flex", gap: "24px", flexWrap: "wrap", alignItems: "flex-start", position: "relative" },
  chart: { flex: "1 1 420px", minWidth: 0, minHeight: "182px" },
  legend: { flex: "0 1 218px", minWidth: "160px", margin: 0, display: "grid", gap: "12px" },
  line: { display: "flex", alignItems: "center", gap: "8px" },
  word: { flexGrow: 1 },
  figure: { margin: 0, fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: "tabular-nums" },
  mark: {
    width: "12px",
    height: "12px",
    boxSizing: "border-box",
    borderRadius: tokens.borderRadiusSmall,
    flexShrink: 0,
    forcedColorAdjust: "none",
  },
  runs: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: "12px" },
  none: { margin: "8px 0", color: tokens.colorNeutralForeground2 },
});

/** What the chart is about. */
export interface ChartProps {
  /** The export whose runs are shown; `undefined`: all. */
  export: string | undefined;
  /** How many days back. */
  period: Period;
  onPeriod: (period: Period) => void;
}

/** The card with the chart. */
export function Chart({ export: id, period, onPeriod }: ChartProps) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const format = useFormat();
  const fill = useFill();
  const [table, setTable] = useState(false);
  // The window of days stays as it is while the page is open.
  const [today] = useState(() => new Date());
  const days = useMemo(() => lastDays(period, today), [period, today]);
  const [from = "", to = ""] = [days[0], days.at(-1)];
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { data, error } = useAsk("run_days", { export: id ?? null, from, to, zone }, { keep: true });
  const filled = useMemo(() => (data === undefined ? undefined : fillDays(days, data)), [data, days]);
  const total = filled === undefined ? undefined : sums(filled);
  return (
    <Card
      title={t("chart")}
      about={t("chart.range", { from: format.date(noonOf(from)), to: format.date(noonOf(to)) })}
      aside={<div className={styles.head}>
        <Button
          size="small"
          appearance="subtle"
          icon={table ? <DataBarVerticalRegular /> : <TableRegular />}
          onClick={() => {
            setTable(!table);
          }}
        >
          {table ? t("chart.chart") : t("chart.table")}
        </Button>
        <Dropdown
          size="small"
          className={styles.period}
          aria-label={t("chart.days")}
          value={t("chart.last", { count: period })}
          selectedOptions={[String(period)]}
          onOptionSelect={(_, { optionValue }) => {
            onPeriod(periods.find((one) => String(one) === optionValue) ?? period);
          }}
        >
          {periods.map((one) => (
            <Option key={one} value={String(one)}>
              {t("chart.last", { count: one })}
            </Option>
          ))}
        </Dropdown>
      </div>}
    >
      {error !== null && <ErrorBar failure={error} />}
      {error === null && (filled === undefined || total === undefined) && (
        <Skeleton className={styles.body} aria-hidden>
          <div className={styles.chart}>
            <SkeletonItem style={{ height: "182px" }} />
          </div>
        </Skeleton>
      )}
      {filled !== undefined && total !== undefined && (
        <div className={styles.body}>
          {total.runs === 0 && !table ? (
            <p className={styles.none}>{t("chart.none")}</p>
          ) : (
            <>
              {!table && (
                <div className={styles.chart}>
                  <Drawing days={filled} />
                </div>
              )}
              <DayTable days={filled} shown={table} />
              {!table && (
                <dl className={styles.legend}>
                  {parts.map((part) => (
                    <div key={part} className={styles.line}>
                      <span className={styles.mark} style={fill(classOf[part])} aria-hidden />
                      <dt className={styles.word}>{t(`chart.${part}`)}</dt>
                      <dd className={styles.figure}>{format.number(total[part])}</dd>
                    </div>
                  ))}
                  <div className={mergeClasses(styles.line, styles.runs)}>
                    <dt className={styles.word}>{t("chart.runs")}</dt>
                    <dd className={styles.figure}>{format.number(total.runs)}</dd>
                  </div>
                </dl>
              )}
            </>
          )}
        </div>
      )}
    </Card>
  );
}
