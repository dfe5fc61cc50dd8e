// The pace of a connection, and the contacts that its contract allows.
import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useTell } from "../../api";
import { Asking, useSay } from "../../parts";
import type { QuestionProps } from "./question";

/** A whole number as people write it, with blanks between thousands; `null`: it is none. */
export function wholeNumber(text: string): number | null {
  const digits = text.replaceAll(/\s/gu, "");
  return /^\d{1,12}$/u.test(digits) ? Number(digits) : null;
}

/** The question. */
export function LimitsQuestion({ row: { connection, practice }, onClose }: QuestionProps) {
  const { t } = useTranslation("admin");
  const say = useSay();
  const { contract_size, id, name } = connection;
  const [rate, setRate] = useState(String(connection.rate));
  const [contract, setContract] = useState(contract_size === null ? "" : String(contract_size));
  const [tried, setTried] = useState(false);
  const { mutate, isPending, error } = useTell("connection_set");
  const perSecond = wholeNumber(rate);
  const contacts = contract.trim() === "" && contract_size === null ? undefined : wholeNumber(contract);
  // Only the practice account, which is on this computer, may have no limit.
  const rateBad = perSecond === null || perSecond > 1_000 || (perSecond === 0 && !practice && connection.rate !== 0);
  const contractBad = contacts === null || contacts === 0;
  return (
    <Asking
      title={t("limitsDialog.title", { name })}
      yes={t("limitsDialog.save")}
      busy={isPending}
      failure={error}
      onClose={onClose}
      onYes={() => {
        setTried(true);
        if (rateBad || contractBad) return;
        mutate(
          { id, rate: perSecond, contract_size: contacts ?? null },
          {
            onSuccess: () => {
              say(t("limitsDialog.done", { name }));
              onClose();
            },
          },
        );
      }}
    >
      <Field
        label={t("limitsDialog.rate")}
        required
        hint={t("limitsDialog.rateHint")}
        validationState={tried && rateBad ? "error" : "none"}
        validationMessage={tried && rateBad ? t("limitsDialog.rateBad") : undefined}
      >
        <Input
          value={rate}
          inputMode="numeric"
          autoComplete="off"
          readOnly={isPending}
          onChange={(_, { value }) => {
            setRate(value);
          }}
        />
      </Field>
      <Field
        label={t("limitsDialog.contract")}
        hint={contract_size === null ? t("limitsDialog.contractHint") : t("limitsDialog.contractHint.set")}
        validationState={tried && contractBad ? "error" : "none"}
        validationMessage={tried && contractBad ? t("limitsDialog.contractBad") : undefined}
      >
        <Input
          value={contract}
          inputMode="numeric"
          autoComplete="off"
          readOnly={isPending}
          onChange={(_, { value }) => {
            setContract(value);
          }}
        />
      </Field>
    </Asking>
  );
}
