// Gives a connection another name.
import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useTell } from "../../api";
import { Asking, useSay } from "../../parts";
import type { QuestionProps } from "./question";

/** The most letters of a name. */
const LONGEST = 200;

/** The question. */
export function RenameQuestion({ row: { connection }, onClose }: QuestionProps) {
  const { t } = useTranslation("admin");
  const say = useSay();
  const [name, setName] = useState(connection.name);
  const [tried, setTried] = useState(false);
  const { mutate, isPending, error, reset } = useTell("connection_rename");
  const trimmed = name.trim();
  const wrong =
    error?.code === "name_taken"
      ? t("renameDialog.taken")
      : trimmed === "" && tried
        ? t("renameDialog.missing")
        : trimmed.length > LONGEST
          ? t("renameDialog.long")
          : undefined;
  return (
    <Asking
      title={t("renameDialog.title", { name: connection.name })}
      yes={t("renameDialog.rename")}
      busy={isPending}
      failure={error?.code === "name_taken" ? null : error}
      onClose={onClose}
      onYes={() => {
        setTried(true);
        if (trimmed === "" || trimmed.length > LONGEST) return;
        if (trimmed === connection.name) {
          onClose();
          return;
        }
        mutate(
          { id: connection.id, name: trimmed },
          {
            onSuccess: (row) => {
              say(t("renameDialog.done", { name: row.connection.name }));
              onClose();
            },
          },
        );
      }}
    >
      <Field
        label={t("renameDialog.label")}
        required
        validationState={wrong === undefined ? "none" : "error"}
        validationMessage={wrong}
      >
        <Input
          value={name}
          readOnly={isPending}
          onChange={(_, { value }) => {
            reset();
            setName(value);
          }}
        />
      </Field>
    </Asking>
  );
}
