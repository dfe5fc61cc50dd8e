// What is asked before an export is changed from the list: detach, attach, duplicate, remove, run all.
import { Checkbox, Dropdown, Field, Input, Option } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type ExportRow, type Failure, useAsk, useTell } from "../../api";
import { Asking, tagged, useSay } from "../../parts";

/** What every question needs. */
export interface QuestionProps {
  row: ExportRow;
  onClose: () => void;
}

/** Detaches the connection. */
export function DetachQuestion({ row, onClose }: QuestionProps) {
  const { t } = useTranslation("exports");
  const say = useSay();
  const { mutate, isPending, error } = useTell("export_detach");
  return (
    <Asking
      title={t("detachDialog.title", { name: row.name })}
      yes={t("command.detach")}
      busy={isPending}
      failure={error}
      onClose={onClose}
      onYes={() => {
        mutate(
          { id: row.id },
          {
            onSuccess: () => {
              say(t("detachDialog.done", { name: row.name }));
              onClose();
            },
          },
        );
      }}
    >
      <span>{t("detachDialog.text", { context: tagged(row.product) })}</span>
    </Asking>
  );
}

/** Gives a detached export a connection. */
export function AttachQuestion({ row, onClose }: QuestionProps) {
  const { t } = useTranslation("exports");
  const say = useSay();
  const { data: connections } = useAsk("connection_list", {});
  const [id, setId] = useState("");
  const { mutate, isPending, error } = useTell("export_attach");
  const chosen = connections?.find(({ connection }) => connection.id === id)?.connection;
  return (
    <Asking
      title={t("attachDialog.title", { name: row.name })}
      yes={t("attachDialog.attach")}
      busy={isPending}
      waits={chosen === undefined}
      failure={error}
      onClose={onClose}
      onYes={() => {
        if (chosen === undefined) return;
        mutate(
          { id: row.id, connection: chosen.id },
          {
            onSuccess: () => {
              say(t("attachDialog.done", { name: row.name, connection: chosen.name }));
              onClose();
            },
          },
        );
      }}
    >
      {connections?.length === 0 ? (
        <span>{t("attachDialog.none")}</span>
      ) : (
        <Field label={t("attachDialog.connection")} hint={t("attachDialog.text")} required>
          <Dropdown
            value={chosen?.name ?? ""}
            selectedOptions={id === "" ? [] : [id]}
            onOptionSelect={(_, { optionValue = "" }) => {
              setId(optionValue);
            }}
          >
            {(connections ?? []).map(({ connection }) => (
              <Option key={connection.id} value={connection.id} text={connection.name}>
                {connection.name}
              </Option>
            ))}
          </Dropdown>
        </Field>
      )}
    </Asking>
  );
}

/** Makes a copy under another name. */
export function DuplicateQuestion({ row, names, onClose }: QuestionProps & { names: ReadonlySet<string> }) {
  const { t } = useTranslation("exports");
  const say = useSay();
  const [name, setName] = useState(() => t("duplicateDialog.name", { name: row.name }));
  const { mutate, isPending, error } = useTell("export_duplicate");
  const trimmed = name.trim();
  const taken = names.has(trimmed) || error?.code === "name_taken";
  return (
    <Asking
      title={t("duplicateDialog.title")}
      yes={t("duplicateDialog.create")}
      busy={isPending}
      waits={trimmed === "" || names.has(trimmed)}
      failure={error?.code === "name_taken" ? null : error}
      onClose={onClose}
      onYes={() => {
        mutate(
          { id: row.id, name: trimmed },
          {
            onSuccess: () => {
              say(t("duplicateDialog.done", { name: trimmed }));
              onClose();
            },
          },
        );
      }}
    >
      <span>{t("duplicateDialog.text")}</span>
      <Field
        label={t("name")}
        required
        validationState={taken ? "error" : "none"}
        validationMessage={taken ? t("name.taken", { name: trimmed }) : undefined}
      >
        <Input
          value={name}
          onChange={(_, { value }) => {
            setName(value);
          }}
        />
      </Field>
    </Asking>
  );
}

/** Removes exports; where it is wished a run takes everybody off their lists first. */
export function RemoveQuestion({ rows, onClose }: { rows: readonly ExportRow[]; onClose: () => void }) {
  const { t } = useTranslation("exports");
  const say = useSay();
  const { mutateAsync } = useTell("export_remove");
  const [busy, setBusy] = useState(false);
  const [empty, setEmpty] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [first] = rows;
  const detached = rows.every((row) => row.connection === null);
  // Of both kinds at once, the words of lists serve for tags too.
  const context = rows.every((row) => row.product === "ortto") ? tagged("ortto") : undefined;
  const remove = async () => {
    setFailure(null);
    setBusy(true);
    try {
      for (const row of rows) {
        // One after another: each may begin a run, and the first that is refused says why.
        await mutateAsync({ id: row.id, empty_lists: empty && row.connection !== null });
        if (empty && row.connection !== null) say(t("removeDialog.emptying", { name: row.name, context: tagged(row.product) }));
      }
      if (!empty) say(t("removeDialog.done", { count: rows.length, name: first?.name ?? "" }));
      onClose();
    } catch (error) {
      // Whatever a command is rejected with is a failure.
      setFailure(error as Failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Asking
      title={t("removeDialog.title", { count: rows.length, name: first?.name ?? "" })}
      yes={t("command.remove")}
      busy={busy}
      failure={failure}
      onClose={onClose}
      onYes={() => void remove()}
    >
      <span>{t("removeDialog.text", { context })}</span>
      <div>
        <Checkbox
          label={t("removeDialog.empty", { context })}
          checked={empty}
          disabled={detached || busy}
          onChange={(_, { checked }) => {
            setEmpty(checked === true);
          }}
        />
        <div>{detached ? t("removeDialog.detached") : t("removeDialog.emptyHint", { context })}</div>
      </div>
    </Asking>
  );
}
