// How the profiles of a run divide into the classes.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { RunDetail } from "../../../api";
import { Card, ClassBar, useFormat } from "../../../parts";
import { Verified } from "./Lists";
import { isOver } from "./live";

const useStyles = makeStyles({ sum: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 } });

/** How the source total divides into the classes. */
export function Classes({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const format = useFormat();
  const { run, progress } = detail;
  const over = isOver(run.status);
  const counts = over ? run.counts : (progress?.counts ?? run.counts);
  if (counts.source === 0) return null;
  return (
    <Card
      title={t(over ? "classes.end" : "classes.soFar", { count: counts.source })}
      aside={<span className={styles.sum}>{t("classes.sum", { total: format.number(counts.source) })}</span>}
    >
      <ClassBar counts={counts} total={counts.source} running={!over} />
      {over && <Verified detail={detail} />}
    </Card>
  );
}
