// What an export that runs by itself depends on: whether schedules are paused, and whether the refresh is on.
import { makeStyles, MessageBar, MessageBarBody, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { ScheduleView } from "../../../api";
import { PageLink, useFormat, useScheduleWords } from "../../../parts";

const useStyles = makeStyles({ quiet: { margin: 0, color: tokens.colorNeutralForeground2 } });

/** What the note needs. */
export interface SystemNoteProps {
  system: ScheduleView;
  /** Whether an export follows the system refresh. */
  follows: boolean;
}

/** The note; nothing where all is as it seems. */
export function SystemNote({ system, follows }: SystemNoteProps) {
  const { t } = useTranslation("exports");
  const styles = useStyles();
  const format = useFormat();
  const words = useScheduleWords();
  const open = (
    <PageLink to="/admin/system" search={{ tab: "schedule" }}>
      {t("schedulePane.systemOpen")}
    </PageLink>
  );
  const bar = (key: "schedulePane.paused" | "schedulePane.systemOff") => (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        {t(key)} {open}
      </MessageBarBody>
    </MessageBar>
  );
  if (system.paused) return bar("schedulePane.paused");
  if (!follows) return null;
  if (!system.on) return bar("schedulePane.systemOff");
  if (system.next === null || system.recurrence === null) return null;
  return (
    <p className={styles.quiet}>
      {t("schedulePane.systemNext", { when: format.coming(system.next), what: words.whole(system.recurrence) })} {open}
    </p>
  );
}
