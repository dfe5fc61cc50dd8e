// *Create again*: people who are gone from the account are left out, until somebody says that they are to be made anew.
import { Button, Tooltip } from "@fluentui/react-components";
import { PersonAddRegular } from "@fluentui/react-icons";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Failure, type RunDetail, type RunReason, useTell } from "../../../api";
import { Asking } from "../../../parts";

/** What the button needs. */
export interface CreateAgainProps {
  detail: RunDetail;
  /** Why people were left out of this run. */
  reasons: readonly RunReason[];
}

/** The button, where somebody is gone from the account and the export can run. */
export function CreateAgain({ detail, reasons }: CreateAgainProps) {
  const { t } = useTranslation("runs");
  const [asking, setAsking] = useState(false);
  const people = reasons.filter(({ reason }) => reason === "gone_in_account").reduce((sum, one) => sum + one.people, 0);
  if (people === 0 || !detail.export_exists) return null;
  return (
    <>
      <Tooltip content={t("gone.hint")} relationship="description">
        <Button
          icon={<PersonAddRegular />}
          onClick={() => {
            setAsking(true);
          }}
        >
          {t("gone")}
        </Button>
      </Tooltip>
      {asking && (
        <Question
          detail={detail}
          people={people}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

/** What it does, before it does it. */
function Question({ detail, people, onClose }: { detail: RunDetail; people: number; onClose: () => void }) {
  const { t } = useTranslation("runs");
  const navigate = useNavigate();
  const { mutate, isPending, error } = useTell("export_run");
  const [refused, setRefused] = useState<Failure | null>(null);
  const { export_id: id, export: name } = detail.run;
  const account = detail.connection === "" ? t("run.account") : detail.connection;
  return (
    <Asking
      title={t("gone.title")}
      yes={t("gone")}
      busy={isPending}
      failure={error ?? refused}
      onClose={onClose}
      onYes={() => {
        setRefused(null);
        mutate(
          { exports: [id], create_gone: true },
          {
            onSuccess: ({ runs: [began] }) => {
              if (began === undefined) return;
              setRefused(began.error);
              if (began.run === null) return;
              onClose();
              void navigate({ to: "/runs/$id", params: { id: began.run } });
            },
          },
        );
      }}
    >
      <span>{t("gone.text", { name, account, count: people })}</span>
      <span>{t("gone.mail")}</span>
    </Asking>
  );
}
