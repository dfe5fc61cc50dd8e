// The last runs, each with its status and what it came to.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Run } from "../../api";
import { Card, Clip, PageLink, StatusIcon, useFormat } from "../../parts";
import { Lines } from "./Lines";

const useStyles = makeStyles({
  line: { display: "grid", gridTemplateColumns: "20px minmax(0, 1fr) auto", columnGap: "8px", alignItems: "center" },
  when: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  said: {
    gridColumn: "2 / 4",
    minWidth: 0,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** The last runs. */
export function RunsCard({ runs }: { runs: Run[] | undefined }) {
  const { t } = useTranslation(["home", "words"]);
  const styles = useStyles();
  const format = useFormat();
  return (
    <Card title={t("runs.title")} aside={<PageLink to="/runs">{t("runs.all")}</PageLink>}>
      <Lines rows={runs} none={t("runs.none")} id={({ id }) => id}>
        {(run) => (
          <div className={styles.line}>
            <StatusIcon status={run.status} />
            <PageLink to="/runs/$id" params={{ id: run.id }}>
              <Clip text={run.export} />
            </PageLink>
            <span className={styles.when} title={format.dateTime(run.started_at)}>
              {format.ago(run.finished_at ?? run.started_at)}
            </span>
            <div className={styles.said}>
              {[
                t(`words:status.${run.status}`),
                t("runs.sent", { count: run.counts.created + run.counts.updated }),
                t("runs.unchanged", { count: run.counts.unchanged }),
                ...(run.counts.rejected > 0 ? [t("runs.rejected", { count: run.counts.rejected })] : []),
              ].join(" · ")}
            </div>
          </div>
        )}
      </Lines>
    </Card>
  );
}
