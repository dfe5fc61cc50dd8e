// The quiet line *If you ran it now*.
import { makeStyles, Tooltip, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Forecast } from "../../api";
import { useFormat } from "../../parts";

const useStyles = makeStyles({
  line: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontVariantNumeric: "tabular-nums",
  },
  old: { color: tokens.colorNeutralForeground3 },
});

/** The line of a row. */
export function IfNow({ forecast, busy }: { forecast: Forecast | null; busy: boolean }) {
  const { t } = useTranslation("exports");
  const styles = useStyles();
  const format = useFormat();
  if (forecast === null) return busy ? <div className={styles.line}>{t("ifNow.counting")}</div> : null;
  const { new: joining, changed, leaving, invalid } = forecast;
  const idle = joining + changed + leaving === 0;
  const parts = idle
    ? [t("ifNow.nothing"), ...(invalid > 0 ? [t("ifNow.invalid", { count: invalid })] : [])]
    : [
        t("ifNow.new", { count: joining }),
        t("ifNow.changed", { count: changed }),
        t("ifNow.leave", { count: leaving }),
        t("ifNow.invalid", { count: invalid }),
      ];
  const line = (
    <div className={`${styles.line} ${forecast.outdated ? styles.old : ""}`}>
      {t("ifNow", { what: parts.join(", ") })}
    </div>
  );
  if (!forecast.outdated) return line;
  return (
    <Tooltip content={t("ifNow.old", { moment: format.moment(forecast.at) })} relationship="description">
      {line}
    </Tooltip>
  );
}
