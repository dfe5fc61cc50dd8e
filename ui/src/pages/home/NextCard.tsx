// What runs next by itself, soonest first.
import { makeStyles, tokens } from "@fluentui/react-components";
import { ArrowSyncRegular, CalendarClockRegular, PauseCircleRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { Upcoming } from "../../api";
import { Card, Clip, PageLink, useFormat, useScheduleWords } from "../../parts";
import { Lines } from "./Lines";

const useStyles = makeStyles({
  line: { display: "grid", gridTemplateColumns: "20px minmax(0, 1fr) auto", columnGap: "8px", alignItems: "center" },
  icon: { fontSize: "20px", color: tokens.colorBrandForeground1 },
  when: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  paused: { display: "flex", alignItems: "center", gap: "8px" },
});

/** What the card needs. */
export interface NextCardProps {
  /** What runs next; `undefined` while it is read. */
  next: Upcoming[] | undefined;
  /** Whether all schedules are paused. */
  paused: boolean;
}

/** What runs next. */
export function NextCard({ next, paused }: NextCardProps) {
  const { t } = useTranslation("home");
  const styles = useStyles();
  const format = useFormat();
  const words = useScheduleWords();
  const none = paused ? (
    <span className={styles.paused}>
      <PauseCircleRegular className={styles.icon} aria-hidden />
      {t("next.paused")}
    </span>
  ) : (
    t("next.none")
  );
  const schedule = (text: string) => (
    <PageLink to="/admin/system" search={{ tab: "schedule" }}>
      {text}
    </PageLink>
  );
  return (
    <Card title={t("next.title")} aside={schedule(t("next.all"))}>
      <Lines
        // What was due next is no promise while nothing becomes due.
        rows={paused && next !== undefined ? [] : next}
        none={none}
        id={({ export: named, at }) => `${named?.id ?? ""} ${at}`}
      >
        {({ export: named, at }) => (
          <div className={styles.line}>
            {named === null ? (
              <ArrowSyncRegular className={styles.icon} aria-hidden />
            ) : (
              <CalendarClockRegular className={styles.icon} aria-hidden />
            )}
            {named === null ? (
              schedule(t("next.refresh"))
            ) : (
              <PageLink to="/exports" search={{ tab: "mine", search: named.name }}>
                <Clip text={named.name} />
              </PageLink>
            )}
            <span className={styles.when} title={format.dateTime(at)}>
              {words.coming(at)}
            </span>
          </div>
        )}
      </Lines>
    </Card>
  );
}
