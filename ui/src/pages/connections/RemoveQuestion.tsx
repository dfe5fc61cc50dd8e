// Removes a connection that no export uses, and its key.
import { useTranslation } from "react-i18next";

import { type ConnectionRow, useTell } from "../../api";
import { Asking, useSay } from "../../parts";

/** What the questions of this page need. */
export interface QuestionProps {
  row: ConnectionRow;
  onClose: () => void;
}

/** The question. */
export function RemoveQuestion({ row: { connection }, onClose }: QuestionProps) {
  const { t } = useTranslation("admin");
  const say = useSay();
  const { mutate, isPending, error } = useTell("connection_remove");
  const { id, name } = connection;
  return (
    <Asking
      title={t("removeDialog.title", { name })}
      yes={t("connections.remove")}
      busy={isPending}
      failure={error}
      onClose={onClose}
      onYes={() => {
        mutate(
          { id },
          {
            onSuccess: () => {
              say(t("removeDialog.done", { name }));
              onClose();
            },
          },
        );
      }}
    >
      {t("removeDialog.text")}
    </Asking>
  );
}
