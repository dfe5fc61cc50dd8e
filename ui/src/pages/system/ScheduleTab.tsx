// The tab *Schedule*: when everything is refreshed by itself (customer-insights.md 2.5).
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, Skeleton, SkeletonItem } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { useAsk } from "../../api";
import { ErrorBar, ErrorCard, single, useOnce, useSay } from "../../parts";
import { ScheduleForm } from "./ScheduleForm";
import { ScheduleNext } from "./ScheduleNext";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "16px" },
  two: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) minmax(0, 400px)",
    gap: "24px 32px",
    alignItems: "start",
    "@media (max-width: 1000px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  skeleton: { display: "flex", flexDirection: "column", gap: "20px", maxWidth: "400px" },
});

/** The tab. */
export function ScheduleTab() {
  const styles = useStyles();
  const { data: view, error, refetch } = useAsk("schedule_get", {});
  if (error !== null && view === undefined) return <ErrorCard failure={error} onRetry={() => void refetch()} />;
  if (view === undefined) {
    return (
      <Skeleton className={styles.skeleton} aria-hidden>
        <SkeletonItem size={32} />
        <SkeletonItem size={32} />
        <SkeletonItem size={32} />
      </Skeleton>
    );
  }
  return (
    <div className={styles.all}>
      {view.paused && <PausedBar />}
      <div className={styles.two}>
        <ScheduleForm view={view} />
        <ScheduleNext view={view} />
      </div>
    </div>
  );
}

/** Says that nothing runs by itself, and lets it go on. */
function PausedBar() {
  const { t } = useTranslation("admin");
  const say = useSay();
  const { tell, busy, failure } = useOnce("schedule_pause");
  return (
    <>
      {failure !== null && <ErrorBar failure={failure} />}
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t("schedule.paused")}</MessageBarTitle> {t("schedule.paused.text")}
        </MessageBarBody>
        <MessageBarActions>
          <Button
            disabledFocusable={busy}
            onClick={single(() => {
              tell({ paused: false }, () => {
                say(t("schedule.resumedDone"));
              });
            })}
          >
            {t("schedule.resume")}
          </Button>
        </MessageBarActions>
      </MessageBar>
    </>
  );
}
