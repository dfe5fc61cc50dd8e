// The pane that adds a data source, and the same for one whose files are to be read in another way.
import { valibotResolver } from "@hookform/resolvers/valibot";
import { Button, makeStyles, Spinner } from "@fluentui/react-components";
import { type SyntheticEvent, useEffect, useEffectEvent, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { type AudienceDetail, type Failure, useEvent, useKeep, useTell } from "../../api";
import { CopyCommand, Pane, useGate, useNotify, useUnsaved } from "../../parts";
import { useFormat } from "../../parts/format";
import { addCommand, draftOf, newSource, type SourceForm, sourceOf, sourceShape, withPaths } from "./form";
import { Reading } from "./Reading";
import { RefusalBar } from "./RefusalBar";
import { SourceFields } from "./SourceFields";

const useStyles = makeStyles({ form: { display: "flex", flexDirection: "column", gap: "16px" } });

/** What the pane is for. */
export interface SourcePaneProps {
  /** The data source that is read in another way; null: a new one. */
  detail: AudienceDetail | null;
  /** Files that were dropped or chosen already. */
  paths: string[];
  /** Closes the pane; the id of what was saved. */
  onClose: (saved: string | null) => void;
}

/** The pane. */
export function SourcePane({ detail, paths, onClose }: SourcePaneProps) {
  const { t } = useTranslation("data");
  const styles = useStyles();
  const { t: frame } = useTranslation("frame");
  const format = useFormat();
  const notify = useNotify();
  const keep = useKeep();
  const save = useTell("audience_save");
  const gate = useGate();
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useForm<SourceForm>({
    defaultValues: detail === null ? newSource(paths) : sourceOf(detail),
    resolver: valibotResolver(sourceShape),
  });
  // Files that were chosen for a new source are work already, though no field was touched.
  const dirty = form.formState.isDirty || (detail === null && paths.length > 0);
  // What was saved closes the pane once nothing is guarded any more.
  const [saved, setSaved] = useState<string | null>(null);
  const unsaved = useUnsaved(dirty && saved === null);
  const done = useEffectEvent(onClose);
  useEffect(() => {
    if (saved !== null) done(saved);
  }, [saved]);
  const close = () => {
    if (!gate.closed()) unsaved(() => { onClose(null); });
  };
  const put = async (typed: SourceForm) => {
    if (!gate.enter()) return;
    setFailure(null);
    try {
      const stored = await save.mutateAsync(draftOf(typed, detail?.row.id ?? null));
      keep("audience_get", { id: stored.row.id }, stored);
      notify({
        intent: "success",
        title:
          detail === null
            ? t("done.added", { name: stored.row.name, count: stored.row.profiles })
            : t("done.changed", { name: stored.row.name }),
      });
      setSaved(stored.row.id);
    } catch (error) {
      gate.open();
      const refused = error as Failure;
      if (refused.code === "name_taken") form.setError("name", { message: "pane.name.taken" }, { shouldFocus: true });
      else setFailure(refused);
    }
  };
  const onSubmit = (event?: SyntheticEvent) => void form.handleSubmit(put)(event);
  // More files are dropped while the pane is open: they join those that are there.
  useEvent("files_dropped", (more) => {
    if (gate.closed()) return;
    const { paths: all, name } = withPaths(form.getValues(), more.paths);
    form.setValue("paths", all, { shouldDirty: true });
    form.setValue("name", name, { shouldDirty: true });
  });
  const values = useWatch({ control: form.control }) as SourceForm;
  const reading = save.isPending;
  const known = (seconds: number) => {
    const time = format.duration(seconds);
    const bytes = detail?.files.reduce((sum, file) => sum + file.bytes, 0);
    return detail === null || bytes === undefined
      ? t("reading.known", { count: values.paths.length, time })
      : t("reading.refresh", { count: detail.row.profiles, bytes: format.bytes(bytes), time });
  };
  return (
    <Pane
      title={t(detail === null ? "pane.add" : "pane.change")}
      onClose={close}
      width={560}
      footer={
        <>
          <Button
            appearance="primary"
            disabledFocusable={reading}
            icon={reading ? <Spinner size="tiny" aria-hidden /> : undefined}
            onClick={onSubmit}
          >
            {t(detail === null ? "pane.do.add" : "pane.do.read")}
          </Button>
          <Button onClick={close} disabled={reading}>
            {frame("cancel")}
          </Button>
          {detail === null && values.paths.length > 0 && <CopyCommand text={addCommand(values)} />}
        </>
      }
    >
      <form className={styles.form} onSubmit={onSubmit} noValidate>
        {reading && <Reading title={t("reading.title", { name: values.name })} known={known} />}
        {failure !== null && !reading && <RefusalBar failure={failure} />}
        <SourceFields
          form={form}
          columns={detail?.fields ?? null}
          csv={detail === null || detail.files.every((file) => file.format === "csv")}
          disabled={reading}
        />
        {/* Enter goes on from any field. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Pane>
  );
}
