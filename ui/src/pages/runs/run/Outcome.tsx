// How a run ended: what it came to, what waits for a decision, and the way on.
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, Spinner } from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { RunDetail, Status } from "../../../api";
import { Decide, tagged, useAccountNamed, useErrorWords, useFormat } from "../../../parts";
import { useResume } from "./commands";
import { codeOf } from "./said";

const INTENTS: Partial<Record<Status, "error" | "warning" | "success">> = {
  failed: "error",
  skipped: "warning",
  completed_with_errors: "warning",
  successful: "success",
};

/** How it ended, in words, and what waits for a decision. */
export function Outcome({ detail, sentences }: { detail: RunDetail; sentences: readonly string[] }) {
  const { t } = useTranslation("runs");
  const format = useFormat();
  const errors = useErrorWords();
  const navigate = useNavigate();
  const [deciding, setDeciding] = useState(false);
  const product = useAccountNamed(detail.connection)?.type;
  const { run, held, over_limit } = detail;
  const code = codeOf(detail);
  // Both ended before they came to their people, for one reason.
  const stopped = run.status === "failed" || run.status === "skipped";
  const why = code === null || code === "over_limit" ? null : errors({ code, message: "", help: "", retryable: false });
  const intent = INTENTS[run.status] ?? "info";
  return (
    <>
      {over_limit !== null ? (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t("over.title", { count: over_limit.addresses - over_limit.limit })}</MessageBarTitle>
            {t("over.text", {
              addresses: format.number(over_limit.addresses),
              limit: format.number(over_limit.limit),
            })}
          </MessageBarBody>
        </MessageBar>
      ) : (
        <MessageBar intent={intent} layout="multiline">
          <MessageBarBody>
            {why !== null && stopped && <MessageBarTitle>{why.title}</MessageBarTitle>}
            {[...sentences, ...(why === null || !stopped ? [] : [why.happened, why.todo])].join(" ")}
          </MessageBarBody>
          {run.resumable && <GoOn detail={detail} />}
        </MessageBar>
      )}
      {held.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t("held.title")}</MessageBarTitle>
            {t("held.text", { context: tagged(product) })}
          </MessageBarBody>
          {detail.export_exists && (
            <MessageBarActions>
              <Button
                onClick={() => {
                  setDeciding(true);
                }}
              >
                {t("held.decide")}
              </Button>
            </MessageBarActions>
          )}
        </MessageBar>
      )}
      {deciding && (
        <Decide
          of={{ id: run.export_id, name: run.export }}
          product={product}
          held={held}
          run={null}
          onStarted={(began) => {
            if (began.run !== null) void navigate({ to: "/runs/$id", params: { id: began.run } });
          }}
          onClose={() => {
            setDeciding(false);
          }}
        />
      )}
    </>
  );
}

function GoOn({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation("runs");
  const resume = useResume(detail);
  return (
    <MessageBarActions>
      <Button
        appearance="primary"
        disabledFocusable={resume.busy}
        icon={resume.busy ? <Spinner size="tiny" aria-hidden /> : undefined}
        onClick={resume.run}
      >
        {t("command.resume")}
      </Button>
    </MessageBarActions>
  );
}
