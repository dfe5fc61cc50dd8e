// Asks once, and does one thing to a connection that needs no more than its id.
import { useTranslation } from "react-i18next";

import { type ConnectionRow, useTell } from "../../api";
import { Asking } from "../Asking";
import { useSay } from "../say";

/** What is done. */
const COMMANDS = { removeDialog: "connection_remove", withdrawDialog: "connection_withdraw" } as const;

/** What the question needs. */
export interface ConnectionQuestionProps {
  row: ConnectionRow;
  /** The words of the question, which say what is done. */
  about: keyof typeof COMMANDS;
  /** What the button says. */
  yes: string;
  onClose: () => void;
}

/** The question. */
export function ConnectionQuestion({ row: { connection }, about, yes, onClose }: ConnectionQuestionProps) {
  const { t } = useTranslation("admin");
  const say = useSay();
  const { mutate, isPending, error } = useTell(COMMANDS[about]);
  const { id, name } = connection;
  return (
    <Asking
      title={t(`${about}.title`, { name })}
      yes={yes}
      busy={isPending}
      failure={error}
      onClose={onClose}
      onYes={() => {
        mutate(
          { id },
          {
            onSuccess: () => {
              say(t(`${about}.done`, { name }));
              onClose();
            },
          },
        );
      }}
    >
      {t(`${about}.text`)}
    </Asking>
  );
}
