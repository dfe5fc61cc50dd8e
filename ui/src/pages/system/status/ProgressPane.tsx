// *Progress details*: how the refresh of everything went or goes, stage by stage.
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { type Refresh, useAsk } from "../../../api";
import { ErrorBar, Pane, PaneSkeleton, useFormat } from "../../../parts";
import { useJob } from "./job";
import { Stages } from "./Stages";
import { type Stage, type StageId, stagesOf } from "./stages";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "20px" },
  facts: { display: "flex", flexDirection: "column", gap: "4px", margin: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What the pane shows. */
export interface ProgressPaneProps {
  refresh: Refresh;
  going: boolean;
  /** The stage whose details are seen from the start. */
  first: StageId | null;
  onClose: () => void;
}

/** The pane. */
export function ProgressPane({ refresh, going, first, onClose }: ProgressPaneProps) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const exports = useAsk("export_list", {});
  const { cancel } = useJob();
  const stages = stagesOf(refresh, going, exports.data ?? []);
  const footer = <Button onClick={cancel}>{t("status.cancel")}</Button>;
  return (
    <Pane title={t("progress.title")} onClose={onClose} {...(going ? { footer } : {})}>
      {exports.data === undefined && exports.error === null ? (
        <PaneSkeleton />
      ) : (
        <div className={styles.all}>
          {exports.error !== null && <ErrorBar failure={exports.error} onRetry={() => void exports.refetch()} />}
          <Facts refresh={refresh} going={going} stages={stages} />
          <Stages stages={stages} first={first} />
        </div>
      )}
    </Pane>
  );
}

interface FactsProps {
  refresh: Refresh;
  going: boolean;
  stages: readonly Stage[];
}

/** When it ran, why, how long, and how much of it succeeded. */
function Facts({ refresh: { started_at, finished_at, due_at, late }, going, stages }: FactsProps) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const format = useFormat();
  const total = stages.reduce((sum, { steps }) => sum + steps.length, 0);
  const done = stages.reduce((sum, stage) => sum + stage.done, 0);
  const began = format.ago(started_at);
  return (
    <div className={styles.facts}>
      <div>{going ? t("progress.began", { ago: began }) : t("progress.ran", { ago: began })}</div>
      {finished_at !== null && (
        <div>
          {t("progress.time", { time: format.duration((Date.parse(finished_at) - Date.parse(started_at)) / 1000) })}
        </div>
      )}
      {finished_at === null && !going && <div>{t("progress.died")}</div>}
      <div>{t("progress.succeeded", { done, total })}</div>
      <div className={styles.quiet}>
        {due_at === null && t("progress.asked")}
        {due_at !== null && !late && t("progress.due", { moment: format.moment(due_at) })}
        {due_at !== null && late && t("progress.late", { moment: format.moment(due_at) })}
      </div>
    </div>
  );
}
