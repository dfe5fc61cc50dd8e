// The bars of the chart, drawn. A chunk of its own: the page is there before it.
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { classLooks, useFormat, useLook } from "../../../parts";
import { classOf, type Day, height, noonOf, parts, sums, ticks } from "../days";

const WIDTH = 744;
const PLOT = 150;
const TOP = 8;
const LEFT = 56;
const UNDER = 24;

const useStyles = makeStyles({
  svg: { display: "block", width: "100%", height: "auto", overflow: "visible" },
  grid: { stroke: tokens.colorNeutralStroke2, strokeWidth: "1px" },
  text: {
    fill: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    fontVariantNumeric: "tabular-nums",
  },
  today: { fill: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  ink: { stroke: tokens.colorNeutralForeground1, fill: "none", strokeWidth: "1.5px" },
  full: { fill: tokens.colorNeutralForeground1 },
  outline: { stroke: tokens.colorNeutralForeground1, strokeWidth: "1px" },
});

/** A pattern for each class, for looks in which colours say nothing. */
function Patterns({ id }: { id: string }) {
  const styles = useStyles();
  const size = { width: 6, height: 6, patternUnits: "userSpaceOnUse" } as const;
  return (
    <defs>
      <pattern id={`${id}created`} {...size}>
        <rect width={6} height={6} className={styles.full} />
      </pattern>
      <pattern id={`${id}updated`} {...size}>
        <path d="M0 6 L6 0" className={styles.ink} />
      </pattern>
      <pattern id={`${id}removed`} {...size}>
        <path d="M0 3 L6 3" className={styles.ink} />
      </pattern>
      <pattern id={`${id}failed`} {...size}>
        <path d="M0 0 L6 6 M0 6 L6 0" className={styles.ink} />
      </pattern>
    </defs>
  );
}

/** The chart. */
export default function Drawing({ days }: { days: readonly Day[] }) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const styles = useStyles();
  const id = useId();
  const contrast = useLook() === "high_contrast";
  const steps = ticks(Math.max(0, ...days.map(height)));
  const top = steps.at(-1) ?? 1;
  const slot = (WIDTH - LEFT) / days.length;
  const bar = Math.min(28, slot * 0.6);
  // Labels stand at least 26 apart; the last day always has one.
  const every = Math.ceil(26 / slot);
  const y = (people: number) => TOP + PLOT - (people / top) * PLOT;
  // The window ends today.
  const [from = "", today = ""] = [days[0]?.day, days.at(-1)?.day];
  return (
    <svg
      className={styles.svg}
      viewBox={`0 0 ${String(WIDTH)} ${String(TOP + PLOT + UNDER)}`}
      role="img"
      aria-label={t("chart.label", { ...sums(days), from: format.date(noonOf(from)), to: format.date(noonOf(today)) })}
    >
      {contrast && <Patterns id={id} />}
      {steps.map((step) => (
        <g key={step}>
          <line className={styles.grid} x1={LEFT} x2={WIDTH} y1={y(step)} y2={y(step)} />
          <text className={styles.text} x={LEFT - 10} y={y(step) + 4} textAnchor="end">
            {format.number(step)}
          </text>
        </g>
      ))}
      {days.map((day, index) => {
        const middle = LEFT + slot * (index + 0.5);
        const named = (days.length - 1 - index) % every === 0;
        let under = 0;
        return (
          <g key={day.day} data-day={day.day}>
            <title>
              {[
                format.date(noonOf(day.day)),
                ...(day.runs === null
                  ? [t("chart.noRun")]
                  : parts.map((part) => `${t(`chart.${part}`)} ${format.number(day.runs?.[part] ?? 0)}`)),
              ].join("\n")}
            </title>
            {/* The whole slot answers to the pointer, thin bars too. */}
            <rect x={middle - slot / 2} y={TOP} width={slot} height={PLOT} fill="transparent" />
            {day.runs === null ? (
              <text className={styles.text} x={middle} y={TOP + PLOT - 6} textAnchor="middle">
                –
              </text>
            ) : (
              parts.map((part) => {
                const people = day.runs?.[part] ?? 0;
                if (people === 0) return null;
                const [bottom, upper] = [y(under), y(under + people)];
                under += people;
                return (
                  <rect
                    key={part}
                    data-part={part}
                    x={middle - bar / 2}
                    y={upper}
                    width={bar}
                    // A gap between the classes, but never nothing left of a small one.
                    height={Math.max(1, bottom - upper - 1)}
                    className={contrast ? styles.outline : undefined}
                    fill={contrast ? `url(#${id}${part})` : classLooks[classOf[part]].fill}
                  />
                );
              })
            )}
            {named && (
              <text
                className={mergeClasses(styles.text, day.day === today && styles.today)}
                x={middle}
                y={TOP + PLOT + 18}
                textAnchor="middle"
              >
                {format.number(noonOf(day.day).getDate())}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}
