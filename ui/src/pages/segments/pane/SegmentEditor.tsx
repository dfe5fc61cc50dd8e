// The form of a segment, with its count in the footer.
import { valibotResolver } from "@hookform/resolvers/valibot";
import { Button, Field, Input, makeStyles, Radio, RadioGroup, Spinner } from "@fluentui/react-components";
import { PeopleRegular } from "@fluentui/react-icons";
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from "react";
import { createPortal } from "react-dom";
import { Controller, useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { type AudienceRow, type SegmentDetail, useAsk, useKeep } from "../../../api";
import { ErrorBar, PaneSkeleton, useNotify, useUnsaved } from "../../../parts";
import { useCount } from "../builder/useCount";
import { kindsOf } from "../rule/columns";
import type { Draft } from "../rule/draft";
import { AudienceBox } from "./AudienceBox";
import { CountLine } from "./CountLine";
import { formFaults, ruleOf, type SegmentForm, segmentShape } from "./form";
import { MembersDialog } from "./MembersDialog";
import { Trouble } from "./Trouble";
import { useFaults } from "./useFaults";
import { useSaving } from "./useSaving";
import { Who } from "./Who";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  buttons: { display: "flex", gap: "8px", flexWrap: "wrap" },
  all: { display: "flex", gap: "16px", alignItems: "center", flexWrap: "wrap", width: "100%" },
});

/** What the form stands on. */
export interface SegmentEditorProps {
  /** The segment as it was when the pane opened; null: a new one. */
  opened: SegmentDetail | null;
  initial: SegmentForm;
  audiences: readonly AudienceRow[];
  /** Where the buttons go. */
  footer: HTMLElement | null;
  /** Tells which audience is chosen. */
  onAudience: (id: string) => void;
  /** Says what happens where the pane is to close; null once the form is gone. */
  onGuard: (leave: (() => void) | null) => void;
  /** Begins anew with what is stored. */
  onTake: (stored: SegmentDetail) => void;
  onClose: (saved: string | null) => void;
}

/** The form. */
export function SegmentEditor(props: SegmentEditorProps) {
  const { opened, initial, audiences, footer, onAudience, onGuard, onTake, onClose } = props;
  const { t } = useTranslation("segments");
  const { t: frame } = useTranslation("frame");
  const styles = useStyles();
  const notify = useNotify();
  const keep = useKeep();
  const saving = useSaving(opened);
  const [viewing, setViewing] = useState(false);
  // The form begins once; what is rendered again must not begin it anew.
  const [defaultValues] = useState(initial);
  const form = useForm<SegmentForm>({ defaultValues, resolver: valibotResolver(segmentShape) });
  const { isDirty, isSubmitted, errors } = form.formState;
  const values = useWatch({ control: form.control }) as SegmentForm;
  const data = useAsk("audience_get", { id: values.audience }, { enabled: values.audience !== "" });
  const columns = useMemo(() => data.data?.fields ?? [], [data.data]);
  const kindOf = useMemo(() => kindsOf(columns), [columns]);
  const email = data.data?.suggestions.fields.find(({ target }) => target === "Email")?.column;

  const rule = ruleOf(values, kindOf);
  const complete = isComplete(values);
  const shape = useFaults(values.draft, kindOf, isSubmitted, saving.failure);
  const built = values.by === "rule";
  const countable = data.data !== undefined && complete && (!built || shape.sound);
  const count = useCount(values.audience, countable ? rule : null, email);
  // What the engine says about the rule as it is counted belongs beside the condition as well.
  const counted = useFaults(values.draft, kindOf, isSubmitted, count.error);
  const faults = saving.failure === null ? counted : shape;
  const paused = countable ? null : built && shape.wrong ? "wrong" : "paused";

  // What was saved closes the pane once nothing is guarded any more.
  const [done, setDone] = useState<string | null>(null);
  const unsaved = useUnsaved(isDirty && done === null);
  const leave = useEffectEvent(onClose);
  useEffect(() => {
    if (done !== null) leave(done);
  }, [done]);
  const close = () => {
    if (!saving.busy) unsaved(() => { onClose(null); });
  };
  const closing = useEffectEvent(close);
  useEffect(() => {
    onGuard(() => {
      closing();
    });
    return () => {
      onGuard(null);
    };
  }, [onGuard]);
  const edit = useCallback(
    (change: (draft: Draft) => Draft) => {
      form.setValue("draft", change(form.getValues("draft")), { shouldDirty: true });
    },
    [form],
  );
  const words = (fault: string | undefined) => {
    const key = formFaults.find((one) => one === fault);
    return key === undefined ? fault : t(key);
  };
  /** A rule that says what it said stays as it was written: its count is still good. */
  const changed = (typed: SegmentForm) => {
    const now = ruleOf(typed, kindOf);
    const same = JSON.stringify(now) === JSON.stringify(ruleOf(defaultValues, kindOf));
    return opened !== null && same ? opened.rule : now;
  };
  const submit = (how: "save" | "over") =>
    form.handleSubmit(async (typed) => {
      if (built && !shape.sound) {
        focusCondition(shape.first);
        return;
      }
      const saved = await saving[how](typed.name.trim(), typed.audience, changed(typed));
      if (saved.kind === "taken") form.setError("name", { message: "pane.name.taken" }, { shouldFocus: true });
      if (saved.kind !== "saved") return;
      keep("segment_get", { id: saved.detail.row.id }, saved.detail);
      notify({ intent: "success", title: t("done.saved", { name: saved.detail.row.name }) });
      setDone(saved.detail.row.id);
    });
  const take = async () => {
    const stored = await saving.stored();
    if (stored === null) return;
    keep("segment_get", { id: stored.row.id }, stored);
    onTake(stored);
  };

  const buttons = (
    <div className={styles.all}>
      <CountLine count={count} paused={paused} />
      <div className={styles.buttons}>
        <Button
          icon={<PeopleRegular />}
          disabledFocusable={!countable}
          onClick={() => {
            setViewing(true);
          }}
        >
          {t("pane.viewMembers")}
        </Button>
        <Button
          appearance="primary"
          disabledFocusable={saving.busy}
          icon={saving.busy ? <Spinner size="tiny" aria-hidden /> : undefined}
          onClick={(event) => void submit("save")(event)}
        >
          {t("pane.save")}
        </Button>
        <Button onClick={close} disabled={saving.busy}>
          {frame("cancel")}
        </Button>
      </div>
    </div>
  );
  return (
    <>
      <form className={styles.form} onSubmit={(event) => void submit("save")(event)} noValidate>
        {saving.failure !== null && (
          <Trouble failure={saving.failure} onTake={() => void take()} onKeep={() => void submit("over")()} />
        )}
        <Controller
          control={form.control}
          name="name"
          render={({ field }) => (
            <Field label={t("name")} required validationMessage={words(errors.name?.message)}>
              <Input {...field} autoFocus={opened === null} autoComplete="off" />
            </Field>
          )}
        />
        {opened === null && (
          <>
            <Controller
              control={form.control}
              name="audience"
              render={({ field }) => (
                <AudienceBox
                  audiences={audiences}
                  value={field.value}
                  onChange={(id) => {
                    field.onChange(id);
                    onAudience(id);
                  }}
                  error={words(errors.audience?.message)}
                />
              )}
            />
            <Controller
              control={form.control}
              name="by"
              render={({ field }) => (
                <Field label={t("pane.by")}>
                  <RadioGroup
                    layout="horizontal"
                    value={field.value}
                    onChange={(_, { value }) => {
                      field.onChange(value);
                    }}
                  >
                    <Radio value="rule" label={t("pane.by.rule")} />
                    <Radio value="where" label={t("pane.by.where")} />
                    <Radio value="members" label={t("pane.by.members")} />
                  </RadioGroup>
                </Field>
              )}
            />
          </>
        )}
        {data.error !== null ? (
          <ErrorBar failure={data.error} />
        ) : values.audience !== "" && data.data === undefined ? (
          <PaneSkeleton />
        ) : (
          <Who
            form={form}
            values={values}
            columns={columns}
            faultOf={faults.of}
            sound={countable}
            onEdit={edit}
            refused={count.error ?? saving.failure}
          />
        )}
        {/* Enter goes on from any field; the button itself stands in the footer. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
      {viewing && (
        <MembersDialog
          audience={values.audience}
          rule={rule}
          onClose={() => {
            setViewing(false);
          }}
        />
      )}
      {footer !== null && createPortal(buttons, footer)}
    </>
  );
}

/** Whether there is enough to count, whatever it says. */
function isComplete({ by, json, predicate, path }: SegmentForm): boolean {
  switch (by) {
    case "text":
      return json.trim() !== "";
    case "where":
      return predicate.trim() !== "";
    case "members":
      return path !== "";
    default:
      return true;
  }
}

/** Puts the focus into the condition with this id. */
function focusCondition(id: string | undefined): void {
  if (id === undefined) return;
  const row = document.querySelector(`[data-condition="${id}"]`);
  const fields = [...(row?.querySelectorAll<HTMLElement>("input, button[role=combobox]") ?? [])];
  // The one that is wrong, or else the first that is empty, is where a person goes on.
  const empty = fields.find((field) => field instanceof HTMLInputElement && field.type !== "checkbox" && field.value === "");
  (empty ?? fields[0])?.focus();
}
