// *Run all* where there are many, or some are left out: what will run is said first.
import { makeStyles } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { ExportRow } from "../../api";
import { Asking, Clip } from "../../parts";

const useStyles = makeStyles({ list: { margin: 0, paddingLeft: "20px" } });

/** How many names the question lists. */
const NAMED = 10;

/** What the question needs. */
export interface RunAllProps {
  /** The exports that can run. */
  rows: readonly ExportRow[];
  /** How many more have a schedule and cannot run now. */
  left: number;
  /** The exports whose schedule is off. */
  off: readonly ExportRow[];
  busy: boolean;
  onRun: () => void;
  onClose: () => void;
}

/** The question before many runs. */
export function RunAll({ rows, left, off, busy, onRun, onClose }: RunAllProps) {
  const { t } = useTranslation("exports");
  const styles = useStyles();
  const more = off.length > NAMED ? [t("runAllDialog.and", { count: off.length - NAMED })] : [];
  const names = [...off.slice(0, NAMED).map(({ name }) => t("runAllDialog.name", { name })), ...more];
  return (
    <Asking
      title={t("runAllDialog.title", { count: rows.length })}
      yes={t("runAllDialog.run")}
      busy={busy}
      failure={null}
      onYes={onRun}
      onClose={onClose}
    >
      <span>{t("runAllDialog.text")}</span>
      <ul className={styles.list}>
        {rows.slice(0, NAMED).map((row) => (
          <li key={row.id}>
            <Clip text={row.name} />
          </li>
        ))}
        {rows.length > NAMED && <li>{t("runAllDialog.and", { count: rows.length - NAMED })}</li>}
      </ul>
      {left > 0 && <span>{t("runAllDialog.left", { count: left })}</span>}
      {off.length > 0 && <span>{t("runAllDialog.off", { count: off.length, names: names.join(", ") })}</span>}
    </Asking>
  );
}
