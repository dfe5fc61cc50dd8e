// The form in the pane *Schedule export*: whether, with what, and when.
import { Button, Field, makeStyles, Radio, RadioGroup, Spinner, Switch, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ScheduleView } from "../../../api";
import {
  CopyCommand,
  ErrorBar,
  faultsOf,
  Pane,
  RecurrenceFields,
  useOnce,
  useSay,
  useScheduleWords,
  useUnsaved,
} from "../../../parts";
import { commandOf, formOf, requestOf, scheduleAfter, type ScheduleForm } from "./form";
import type { SchedulePaneProps } from "./SchedulePane";
import { SystemNote } from "./SystemNote";

const useStyles = makeStyles({
  fields: { display: "flex", flexDirection: "column", gap: "20px" },
  under: { paddingLeft: "8px" },
  switch: { marginLeft: "-8px" },
  quiet: { margin: 0, color: tokens.colorNeutralForeground2 },
  grow: { flexGrow: 1 },
});

/** What the form needs. */
export interface ScheduleFieldsProps extends SchedulePaneProps {
  title: string;
  about: string;
  system: ScheduleView;
}

/** The pane with its form. */
export function ScheduleFields({ rows, system, title, about, onClose }: ScheduleFieldsProps) {
  const { t } = useTranslation("exports");
  const styles = useStyles();
  const say = useSay();
  const words = useScheduleWords();
  const { tell, busy, failure } = useOnce("export_schedule");
  const [opened] = useState(() => formOf(rows, system.zone));
  const [form, setForm] = useState(opened);
  const [tried, setTried] = useState(false);
  const leave = useUnsaved(JSON.stringify(form) !== JSON.stringify(opened));
  const request = requestOf(rows, form);
  const [first] = rows;
  const many = rows.length > 1;
  const runs = many ? t("schedulePane.run.many", { number: rows.length }) : t("schedulePane.run");
  const defines = !many || !form.keep;
  const change = (some: Partial<ScheduleForm>) => {
    setForm((old) => ({ ...old, ...some }));
  };
  const save = () => {
    setTried(true);
    if (request === null || first === undefined) return;
    tell(request, () => {
      const what = words.schedule(scheduleAfter(first, request));
      say(t("schedulePane.done", { count: rows.length, name: first.name, what }));
      onClose();
    });
  };
  const close = () => {
    if (!busy) leave(onClose);
  };
  return (
    <Pane
      title={title}
      about={about}
      onClose={close}
      footer={
        <>
          {request !== null && <CopyCommand text={commandOf(rows, request)} />}
          <span className={styles.grow} />
          <Button
            appearance="primary"
            disabledFocusable={busy}
            icon={busy ? <Spinner size="tiny" aria-hidden /> : undefined}
            onClick={save}
          >
            {t("schedulePane.save")}
          </Button>
          <Button disabled={busy} onClick={close}>
            {t("schedulePane.cancel")}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {failure !== null && <ErrorBar failure={failure} />}
        <Field
          label={runs}
          hint={form.run ? undefined : t("schedulePane.offHint")}
        >
          <Switch
            className={styles.switch}
            checked={form.run}
            aria-label={runs}
            label={t(form.run ? "schedulePane.on" : "schedulePane.off")}
            onChange={(_, { checked }) => {
              change({ run: checked });
            }}
          />
        </Field>
        {many && (
          <Field label={t("schedulePane.which")} hint={form.keep ? t("schedulePane.keep.hint") : undefined}>
            <RadioGroup
              disabled={!form.run}
              value={form.keep ? "keep" : "define"}
              onChange={(_, { value }) => {
                change({ keep: value === "keep" });
              }}
            >
              <Radio value="keep" label={t("schedulePane.keep")} />
              <Radio value="define" label={t("schedulePane.define")} />
            </RadioGroup>
          </Field>
        )}
        {defines && (
          <Field label={t("schedulePane.recurrence")}>
            <RadioGroup
              disabled={!form.run}
              value={form.mode}
              onChange={(_, { value }) => {
                change({ mode: value === "own" ? "own" : "system" });
              }}
            >
              <Radio value="system" label={t("schedulePane.system")} />
              <Radio value="own" label={t("schedulePane.own")} />
            </RadioGroup>
          </Field>
        )}
        {defines && form.mode === "own" && (
          <div className={styles.under}>
            <RecurrenceFields
              draft={form.draft}
              faults={tried && form.run ? faultsOf(form.draft) : null}
              disabled={!form.run}
              onChange={(draft) => {
                change({ draft });
              }}
            />
          </div>
        )}
        {form.run && <SystemNote system={system} follows={!defines || form.mode === "system"} />}
        {form.run && <p className={styles.quiet}>{t("schedulePane.late")}</p>}
      </div>
    </Pane>
  );
}
