// One bar that shows how the profiles of a run divide into the classes, with every figure and word beside it
// and a table behind it.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { type Class, CLASSES, classLooks } from "./classes";
import { useFormat } from "./format";
import { hatch } from "./hatch";
import { useHidden } from "./hidden";
import { useLook } from "./look";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "12px", minWidth: 0 },
  bar: { display: "flex", gap: "2px", height: "16px", borderRadius: tokens.borderRadiusMedium, overflow: "hidden" },
  part: {
    minWidth: "4px",
    boxSizing: "border-box",
    transitionProperty: "flex-grow",
    transitionDuration: "200ms",
    forcedColorAdjust: "none",
    "@media (prefers-reduced-motion: reduce)": { transitionDuration: "0ms" },
  },
  legend: { margin: 0, padding: 0, listStyleType: "none", display: "flex", flexWrap: "wrap", gap: "8px 24px" },
  word: { display: "inline-flex", alignItems: "center", gap: "6px" },
  swatch: { width: "12px", height: "12px", borderRadius: tokens.borderRadiusSmall, flexShrink: 0, forcedColorAdjust: "none" },
  figure: { fontWeight: tokens.fontWeightSemibold, fontVariantNumeric: "tabular-nums" },
});

/** How a class is painted in the look that is shown. */
export function useFill(): (of: keyof typeof classLooks) => { background: string; border?: string } {
  const contrast = useLook() === "high_contrast";
  return (of) => {
    const { fill, pattern } = classLooks[of];
    if (contrast) return { background: `${hatch(pattern, "CanvasText")}, Canvas`, border: "1px solid CanvasText" };
    if (of !== "not_attempted") return { background: fill };
    return { background: `${hatch("lines", tokens.colorNeutralStroke1)}, ${fill}`, border: `1px solid ${tokens.colorNeutralStroke1}` };
  };
}

/** What a bar shows. */
export interface ClassBarProps {
  /** The numbers, as the engine counted them. */
  counts: Record<Class, number>;
  /** All profiles, by the engine's own count. */
  total: number;
  /** Whether the run goes on, so that those not attempted are still to be sent. */
  running?: boolean;
}

/** The bar of the classes. */
export function ClassBar({ counts, total, running = false }: ClassBarProps) {
  const styles = useStyles();
  const hidden = useHidden();
  const { t } = useTranslation("words");
  const format = useFormat();
  const fill = useFill();
  const word = (of: Class) => t(`outcome.${running && of === "not_attempted" ? "still_to_send" : of}`);
  const shown = CLASSES.filter((of) => counts[of] > 0);
  return (
    <div className={styles.all}>
      <div className={styles.bar} aria-hidden>
        {shown.map((of) => (
          <div key={of} data-class={of} className={styles.part} style={{ flexGrow: counts[of], flexBasis: 0, ...fill(of) }} />
        ))}
      </div>
      <ul className={styles.legend} aria-hidden>
        {shown.map((of) => (
          <li key={of} className={styles.word}>
            <span className={styles.swatch} style={fill(of)} />
            <span>{word(of)}</span>
            <span className={styles.figure}>{format.number(counts[of])}</span>
          </li>
        ))}
      </ul>
      <table className={hidden}>
        <caption>{t("classes.total")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("classes.class")}</th>
            <th scope="col">{t("classes.number")}</th>
            <th scope="col">{t("classes.share")}</th>
          </tr>
        </thead>
        <tbody>
          {CLASSES.map((of) => (
            <tr key={of}>
              <th scope="row">{word(of)}</th>
              <td>{format.number(counts[of])}</td>
              <td>{format.percent(total === 0 ? 0 : counts[of] / total)}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t("classes.total")}</th>
            <td>{format.number(total)}</td>
            <td>{format.percent(1)}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}
