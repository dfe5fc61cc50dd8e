// Beside the refresh schedule: when it comes next, what runs with it, and a refresh at once.
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ArrowSyncRegular, PauseRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { ScheduleView } from "../../api";
import { Card, ErrorBar, PageLink, single, useFormat, useOnce, useSay, useScheduleWords } from "../../parts";

const useStyles = makeStyles({
  cards: { display: "flex", flexDirection: "column", gap: "16px" },
  text: { margin: 0 },
  when: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
  actions: { display: "flex", gap: "8px", flexWrap: "wrap" },
});

/** The cards. */
export function ScheduleNext({ view }: { view: ScheduleView }) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const format = useFormat();
  const words = useScheduleWords();
  const say = useSay();
  const refresh = useOnce("refresh_now");
  const pause = useOnce("schedule_pause");
  const failure = refresh.failure ?? pause.failure;
  const next = () => {
    if (view.paused) return t("schedule.next.paused");
    if (view.next === null) return t("schedule.next.off");
    return words.coming(view.next);
  };
  return (
    <div className={styles.cards}>
      <Card title={t("schedule.next")}>
        {failure !== null && <ErrorBar failure={failure} />}
        <p className={styles.when}>{next()}</p>
        <p className={styles.text}>
          {view.exports === 0 ? t("schedule.exports.none") : t("schedule.exports", { count: view.exports })}{" "}
          <PageLink to="/exports">{t("schedule.exports.open")}</PageLink>
        </p>
        {view.last !== null && <p className={styles.quiet}>{last(view.last)}</p>}
        <div className={styles.actions}>
          <Button
            icon={<ArrowSyncRegular />}
            disabledFocusable={refresh.busy}
            onClick={single(() => {
              refresh.tell({}, () => {
                say(t("schedule.now.done"));
              });
            })}
          >
            {t("schedule.now")}
          </Button>
          {!view.paused && (
            <Button
              appearance="subtle"
              icon={<PauseRegular />}
              disabledFocusable={pause.busy}
              onClick={single(() => {
                pause.tell({ paused: true }, () => {
                  say(t("schedule.pausedDone"));
                });
              })}
            >
              {t("schedule.pause")}
            </Button>
          )}
        </div>
      </Card>
      <Card title={t("schedule.what")}>
        <p className={styles.text}>{t("schedule.what.text")}</p>
        <p className={styles.quiet}>{t("schedule.what.missed")}</p>
      </Card>
    </div>
  );

  function last({ started_at, finished_at, late }: NonNullable<ScheduleView["last"]>): string {
    if (finished_at === null) return t("schedule.going", { when: format.moment(started_at) });
    return t(late ? "schedule.last.late" : "schedule.last", { when: format.moment(started_at) });
  }
}
