// The last question before a person is forgotten; it repeats the address.
import { useTranslation } from "react-i18next";

import { type Forgotten, useTell } from "../../api";
import { Asking } from "../../parts";

/** What the question needs. */
export interface ConfirmProps {
  email: string;
  /** Whether the person is taken off Segue's lists first. */
  takeOff: boolean;
  onClose: () => void;
  onDone: (forgotten: Forgotten) => void;
}

/** The question. */
export function Confirm({ email, takeOff, onClose, onDone }: ConfirmProps) {
  const { t } = useTranslation("admin");
  const { mutate, isPending, error } = useTell("person_forget");
  return (
    <Asking
      title={t("forgetDialog.title", { email })}
      yes={t("forget.do")}
      busy={isPending}
      failure={error}
      onClose={onClose}
      onYes={() => {
        mutate({ email, keep_lists: !takeOff }, { onSuccess: onDone });
      }}
    >
      <span>{takeOff ? t("forgetDialog.off") : t("forgetDialog.keep")}</span>
      <span>{t("forgetDialog.contact")}</span>
      <strong>{t("forget.final")}</strong>
    </Asking>
  );
}
