// How large a segment was: a line over the days on which it was counted, and the same as a table.
import { Button, Dropdown, makeStyles, Option, tokens } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { SegmentSize } from "../../../api";
import { useFormat } from "../../../parts/format";
import { places, ticks, within } from "./scale";

const WIDTH = 640;
const HEIGHT = 140;
const LEFT = 64;
const TOP = 12;

const useStyles = makeStyles({
  head: { display: "flex", alignItems: "center", gap: "8px", flexWrap: "wrap" },
  title: { margin: 0, flexGrow: 1, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  svg: { display: "block", width: "100%", height: "auto" },
  grid: { stroke: tokens.colorNeutralStroke2 },
  line: { fill: "none", stroke: tokens.colorBrandStroke1, strokeWidth: "2px" },
  area: { fill: tokens.colorBrandBackground2, stroke: "none" },
  dot: { fill: tokens.colorBrandStroke1 },
  text: { fill: tokens.colorNeutralForeground2, fontSize: "12px", fontVariantNumeric: "tabular-nums" },
  none: { color: tokens.colorNeutralForeground2, margin: "8px 0 0" },
  table: { borderCollapse: "collapse", width: "100%", fontVariantNumeric: "tabular-nums" },
  cell: { padding: "6px 8px", borderBottom: `1px solid ${tokens.colorNeutralStroke2}`, textAlign: "left", fontWeight: "inherit" },
  number: { textAlign: "right" },
  scroll: { maxHeight: "240px", overflowY: "auto" },
});

const ranges = [7, 30, 182] as const;

/** The chart of a segment's sizes. */
export default function SizeChart({ sizes }: { sizes: readonly SegmentSize[] }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const styles = useStyles();
  const [days, setDays] = useState<(typeof ranges)[number]>(30);
  const [table, setTable] = useState(false);
  const [now] = useState(() => new Date());
  const shown = useMemo(() => within(sizes, days, now), [sizes, days, now]);
  return (
    <section>
      <div className={styles.head}>
        <h3 className={styles.title}>{t("chart.title")}</h3>
        <Dropdown
          size="small"
          style={{ minWidth: "120px" }}
          aria-label={t("chart.range")}
          value={t(`chart.${days}`)}
          selectedOptions={[String(days)]}
          onOptionSelect={(_, { optionValue }) => {
            setDays(ranges.find((one) => String(one) === optionValue) ?? 30);
          }}
        >
          {ranges.map((one) => (
            <Option key={one} value={String(one)}>
              {t(`chart.${one}`)}
            </Option>
          ))}
        </Dropdown>
        <Button
          size="small"
          appearance="subtle"
          onClick={() => {
            setTable(!table);
          }}
        >
          {t(table ? "chart.chart" : "chart.table")}
        </Button>
      </div>
      {shown.length === 0 ? (
        <p className={styles.none}>{t("chart.none")}</p>
      ) : table ? (
        <div className={styles.scroll} tabIndex={0} role="region" aria-label={t("chart.title")}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col" className={styles.cell}>
                  {t("chart.day")}
                </th>
                <th scope="col" className={`${styles.cell} ${styles.number}`}>
                  {t("members")}
                </th>
              </tr>
            </thead>
            <tbody>
              {shown.toReversed().map(({ at, members }) => (
                <tr key={at}>
                  <th scope="row" className={styles.cell}>
                    {format.date(at)}
                  </th>
                  <td className={`${styles.cell} ${styles.number}`}>{format.number(members)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <Drawing sizes={shown} days={days} now={now} />
      )}
    </section>
  );
}

function Drawing({ sizes, days, now }: { sizes: readonly SegmentSize[]; days: number; now: Date }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const styles = useStyles();
  const members = sizes.map((size) => size.members);
  const steps = ticks(Math.max(...members));
  const top = steps.at(-1) ?? 1;
  const points = places(sizes, days, now, WIDTH - LEFT - 8, HEIGHT).map(({ x, y }) => ({ x: x + LEFT, y: y + TOP }));
  const line = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
  const [first, last] = [points[0], points.at(-1)];
  const [begin, end] = [new Date(now.getTime() - days * 86_400_000), now];
  return (
    <svg
      className={styles.svg}
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT + TOP + 24)}`}
      role="img"
      aria-label={t("chart.label", {
        first: format.date(sizes[0]?.at ?? begin),
        last: format.date(sizes.at(-1)?.at ?? end),
        low: Math.min(...members),
        high: Math.max(...members),
        now: members.at(-1) ?? 0,
      })}
    >
      {steps.map((step) => {
        const y = TOP + HEIGHT - (step / top) * HEIGHT;
        return (
          <g key={step}>
            <line className={styles.grid} x1={LEFT} x2={WIDTH - 8} y1={y} y2={y} />
            <text className={styles.text} x={LEFT - 8} y={y + 4} textAnchor="end">
              {format.number(step)}
            </text>
          </g>
        );
      })}
      {first !== undefined && last !== undefined && points.length > 1 && (
        <>
          <polygon
            className={styles.area}
            points={`${first.x.toFixed(1)},${String(TOP + HEIGHT)} ${line} ${last.x.toFixed(1)},${String(TOP + HEIGHT)}`}
          />
          <polyline className={styles.line} points={line} />
        </>
      )}
      {points.map(({ x, y }, index) => (
        <circle key={sizes[index]?.at} className={styles.dot} cx={x} cy={y} r={3}>
          <title>{`${format.date(sizes[index]?.at ?? now)}: ${format.number(members[index] ?? 0)}`}</title>
        </circle>
      ))}
      <text className={styles.text} x={LEFT} y={HEIGHT + TOP + 20}>
        {format.date(begin)}
      </text>
      <text className={styles.text} x={WIDTH - 8} y={HEIGHT + TOP + 20} textAnchor="end">
        {format.date(end)}
      </text>
    </svg>
  );
}
