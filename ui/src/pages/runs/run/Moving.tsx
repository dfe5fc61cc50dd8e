// The stage that moves: how far it is, how fast, how long still, and what it waits for.
import { makeStyles, MessageBar, MessageBarBody, ProgressBar, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { RunDetail } from "../../../api";
import { Card, useFormat } from "../../../parts";
import { readWaiting } from "./waiting";

const useStyles = makeStyles({
  bar: { margin: "4px 0" },
  figures: { display: "flex", gap: "8px 32px", flexWrap: "wrap", justifyContent: "space-between", fontVariantNumeric: "tabular-nums" },
  strong: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
  hint: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** The card of the stage that moves. */
export function Moving({ detail, canceling }: { detail: RunDetail; canceling: boolean }) {
  const { t } = useTranslation(["runs", "words"]);
  const styles = useStyles();
  const format = useFormat();
  const { run, progress } = detail;
  const queued = run.status === "queued" || run.status === "not_started";
  const stage = progress?.stage ?? run.stage;
  const known = progress !== null && progress.total > 0;
  const share = known ? progress.done / progress.total : undefined;
  const title = queued ? t(`words:status.${run.status}`) : t(`words:stage.${stage}`);
  return (
    <Card title={title} aside={share === undefined ? undefined : <span className={styles.strong}>{format.percent(share)}</span>}>
      {!queued && (
        <ProgressBar
          className={styles.bar}
          thickness="large"
          value={share}
          aria-label={t("progress", { stage: title })}
          aria-valuetext={share === undefined ? undefined : format.percent(share)}
        />
      )}
      <div className={styles.figures}>
        {known ? (
          <>
            <span className={styles.strong}>
              {t("progress.of", { done: format.number(progress.done), total: format.number(progress.total) })}
            </span>
            <span className={styles.quiet}>
              {t("progress.requests", { count: progress.requests, repeated: format.number(run.retries) })}
            </span>
            {progress.per_second > 0 && (
              <span>{t("progress.rate", { rate: format.number(Math.round(progress.per_second)) })}</span>
            )}
            {progress.seconds_left !== null && (
              <span className={styles.strong}>
                {t("progress.left", { time: format.duration(progress.seconds_left) })}
              </span>
            )}
          </>
        ) : (
          !queued && <span className={styles.quiet}>{t("progress.reading")}</span>
        )}
      </div>
      <Waits detail={detail} canceling={canceling} />
      <p className={styles.hint}>{t("close")}</p>
    </Card>
  );
}

/** What it waits for, where it does. */
function Waits({ detail: { run, progress }, canceling }: { detail: RunDetail; canceling: boolean }) {
  const { t } = useTranslation("runs");
  const waiting = readWaiting(progress?.waiting ?? "") ?? (run.status === "queued" ? { for: "line" as const } : null);
  if (!canceling && waiting === null) return null;
  const words = () => {
    if (canceling || waiting === null) return t("canceling");
    return waiting.for === "account" ? t("waiting.account", { count: waiting.seconds }) : t(`waiting.${waiting.for}`);
  };
  return (
    <MessageBar intent={canceling ? "info" : "warning"} layout="multiline">
      <MessageBarBody>{words()}</MessageBarBody>
    </MessageBar>
  );
}
