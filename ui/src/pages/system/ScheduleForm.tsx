// The refresh schedule as a form; everything but the switch is grey while it is off.
import { Button, makeStyles, Spinner, Switch, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type ScheduleView, type SystemSchedule, useKeep } from "../../api";
import {
  CopyCommand,
  type Draft,
  draftOf,
  ErrorBar,
  faultsOf,
  RecurrenceFields,
  recurrenceOf,
  recurrenceWords,
  useOnce,
  useSay,
  useScheduleWords,
  useUnsaved,
} from "../../parts";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  about: { margin: 0 },
  switch: { marginLeft: "-8px", alignSelf: "flex-start" },
  foot: { display: "flex", alignItems: "center", gap: "8px", flexWrap: "wrap" },
});

interface Edited {
  on: boolean;
  draft: Draft;
}

/** The form. */
export function ScheduleForm({ view }: { view: ScheduleView }) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const say = useSay();
  const keep = useKeep();
  const words = useScheduleWords();
  const { tell, busy, failure } = useOnce("schedule_set");
  // What was changed and is not saved; until then somebody else's change is shown at once.
  const [edited, setEdited] = useState<Edited | null>(null);
  const [tried, setTried] = useState(false);
  const stored: Edited = { on: view.on, draft: draftOf(view.recurrence, view.zone) };
  const { on, draft } = edited ?? stored;
  const dirty = edited !== null && JSON.stringify(edited) !== JSON.stringify(stored);
  useUnsaved(dirty);
  const recurrence = recurrenceOf(draft);
  // What was not right when it was switched off is not kept.
  const schedule: SystemSchedule | null =
    recurrence !== null ? { on, recurrence } : on ? null : { on, recurrence: view.recurrence };
  const save = () => {
    setTried(true);
    if (schedule === null || !dirty) return;
    tell(schedule, (answer) => {
      keep("schedule_get", {}, answer);
      setEdited(null);
      setTried(false);
      say(
        answer.on && answer.recurrence !== null
          ? t("schedule.saved", { what: words.whole(answer.recurrence) })
          : t("schedule.savedOff"),
      );
    });
  };
  return (
    <form
      noValidate
      className={styles.form}
      aria-labelledby="schedule-title"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <h2 id="schedule-title" className={styles.title}>
        {t("schedule.title")}
      </h2>
      <p className={styles.about}>{t("schedule.about")}</p>
      {failure !== null && <ErrorBar failure={failure} />}
      <Switch
        className={styles.switch}
        checked={on}
        aria-label={t("schedule.switch")}
        label={t(on ? "schedule.on" : "schedule.off")}
        onChange={(_, { checked }) => {
          setEdited({ on: checked, draft });
        }}
      />
      <RecurrenceFields
        draft={draft}
        faults={tried && on ? faultsOf(draft) : null}
        disabled={!on}
        onChange={(changed) => {
          setEdited({ on, draft: changed });
        }}
      />
      <div className={styles.foot}>
        <Button
          type="submit"
          appearance="primary"
          disabledFocusable={!dirty || busy}
          icon={busy ? <Spinner size="tiny" aria-hidden /> : undefined}
        >
          {t("schedule.save")}
        </Button>
        {schedule !== null && <CopyCommand words={["schedule", ...flags(schedule)]} />}
      </div>
    </form>
  );
}

/** The words of the command line that say it. */
function flags({ on, recurrence = null }: SystemSchedule): string[] {
  return on && recurrence !== null ? recurrenceWords(recurrence) : ["--off"];
}
