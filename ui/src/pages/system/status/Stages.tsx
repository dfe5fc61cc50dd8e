// The stages of a refresh in the pane: each with its sign and how much of it is done, and what it did behind
// *See details*.
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronUpRegular } from "@fluentui/react-icons";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { Clip, PageLink, StatusIcon, useFormat } from "../../../parts";
import { Reason } from "./Reason";
import { isOver, type Stage, type StageId, type Step } from "./stages";

const useStyles = makeStyles({
  stages: { listStyleType: "none", margin: 0, padding: 0, display: "flex", flexDirection: "column", gap: "16px" },
  stage: { display: "grid", gridTemplateColumns: "20px minmax(0, 1fr)", columnGap: "12px" },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  see: { marginInlineStart: "-8px" },
  steps: { listStyleType: "none", margin: "4px 0 0", padding: 0, display: "flex", flexDirection: "column", gap: "12px" },
});

/** The stages; the one of what was clicked is open. */
export function Stages({ stages, first }: { stages: readonly Stage[]; first: StageId | null }) {
  const styles = useStyles();
  return (
    <ol className={styles.stages}>
      {stages.map((stage) => (
        <OneStage key={stage.id} stage={stage} opened={stage.id === first} />
      ))}
    </ol>
  );
}

function OneStage({ stage: { id, status, steps, done }, opened }: { stage: Stage; opened: boolean }) {
  const { t } = useTranslation(["admin", "words"]);
  const styles = useStyles();
  const details = useId();
  const [open, setOpen] = useState(opened);
  const name = t(`progress.stage.${id}`);
  const see = open ? t("progress.hide") : t("progress.see");
  return (
    <li className={styles.stage}>
      <StatusIcon status={status} />
      <div>
        <h3 className={styles.name}>{name}</h3>
        {steps.length === 0 ? (
          <div className={styles.quiet}>{t(`progress.none.${id}`)}</div>
        ) : (
          <>
            <div className={styles.quiet}>
              {t(`words:status.${status}`)} · {t("progress.done", { done, total: steps.length })}
            </div>
            <Button
              className={styles.see}
              appearance="transparent"
              size="small"
              iconPosition="after"
              icon={open ? <ChevronUpRegular /> : <ChevronDownRegular />}
              aria-label={t("progress.of", { see, stage: name })}
              aria-expanded={open}
              aria-controls={open ? details : undefined}
              onClick={() => {
                setOpen(!open);
              }}
            >
              {see}
            </Button>
            {open && (
              <ul id={details} className={styles.steps}>
                {steps.map((step) => (
                  <OneStep key={step.id} of={id} step={step} />
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </li>
  );
}

function OneStep({ of, step }: { of: StageId; step: Step }) {
  const { t } = useTranslation(["admin", "words"]);
  const styles = useStyles();
  const format = useFormat();
  const { name, status, seconds, amount, reason, skipped, run } = step;
  const counted = of === "sources" ? "status.profiles" : "progress.segments";
  const facts = [
    t(`words:status.${status}`),
    ...(amount === null ? [] : [t(counted, { count: amount })]),
    ...(seconds === null || !isOver(status) ? [] : [format.duration(seconds)]),
  ];
  return (
    <li className={styles.stage}>
      <StatusIcon status={status} />
      <div>
        {run === null ? (
          <Clip text={name} />
        ) : (
          <PageLink to="/runs/$id" params={{ id: run }}>
            {name}
          </PageLink>
        )}
        <div className={styles.quiet}>{facts.join(" · ")}</div>
        <Reason reason={reason} />
        {skipped.length > 0 && (
          <div className={styles.quiet}>{t("progress.skipped", { exports: format.list(skipped) })}</div>
        )}
      </div>
    </li>
  );
}
