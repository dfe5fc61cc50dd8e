// What the last run of an export came to, in one word and one quiet line; or how far the present one is.
import { Button, Link, makeStyles, mergeClasses, ProgressBar, Spinner, tokens } from "@fluentui/react-components";
import { DismissCircleRegular, HandRightRegular } from "@fluentui/react-icons";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { type ExportRow, type Progress, useProgress, useTell } from "../../api";
import { Clip, readReason, StatusIcon, tagged, useFormat, useReasonWords } from "../../parts";
import { isRunning, latest, nameId, statusOf, waitsForDecision } from "./rows";

const useStyles = makeStyles({
  cell: { display: "flex", flexDirection: "column", gap: "2px", minWidth: 0, paddingBlock: "6px" },
  line: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
  grow: { flexGrow: 1, minWidth: 0 },
  quiet: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontVariantNumeric: "tabular-nums",
  },
  under: { paddingLeft: "28px" },
  status: { color: "inherit", fontSize: tokens.fontSizeBase300, minWidth: 0 },
  bold: { fontWeight: tokens.fontWeightSemibold, fontSize: tokens.fontSizeBase200 },
  hand: { flexShrink: 0, width: "20px", fontSize: "16px", color: tokens.colorBrandForeground1 },
  link: { fontSize: tokens.fontSizeBase200, flexShrink: 0 },
  between: { justifyContent: "space-between", whiteSpace: "nowrap" },
  cancel: { flexShrink: 0, minWidth: 0, fontWeight: tokens.fontWeightRegular },
});

/** What the cell needs. */
export interface StatusCellProps {
  row: ExportRow;
  onDecide: (row: ExportRow) => void;
}

/** The cell of the status. */
export function StatusCell({ row, onDecide }: StatusCellProps) {
  const styles = useStyles();
  return (
    <div className={styles.cell}>
      {isRunning(row) ? <Running row={row} /> : <Ended row={row} />}
      {waitsForDecision(row) && <Held row={row} onDecide={onDecide} />}
    </div>
  );
}

/** The status as a link to the run. */
function StatusWord({ row }: { row: ExportRow }) {
  const { t } = useTranslation(["exports", "words"]);
  const styles = useStyles();
  const navigate = useNavigate();
  const run = row.last_run;
  const word = t(`words:status.${statusOf(row)}`);
  if (run === null) return <span>{word}</span>;
  return (
    <Link
      as="button"
      appearance="subtle"
      className={styles.status}
      aria-label={t("status.open", { status: word, name: row.name })}
      onClick={(event) => {
        event.stopPropagation();
        void navigate({ to: "/runs/$id", params: { id: run.id } });
      }}
    >
      {word}
    </Link>
  );
}

/** A run that came to its end, or none. */
function Ended({ row }: { row: ExportRow }) {
  const { t } = useTranslation("exports");
  const styles = useStyles();
  const navigate = useNavigate();
  const run = row.last_run;
  const said = useWords(row);
  const wrong = run !== null && ["completed_with_errors", "failed", "skipped", "canceled"].includes(run.status);
  return (
    <>
      <div className={styles.line}>
        <StatusIcon status={statusOf(row)} />
        <StatusWord row={row} />
      </div>
      {run !== null && (said !== "" || wrong) && !waitsForDecision(row) && (
        <div className={mergeClasses(styles.line, styles.quiet, styles.under)}>
          {said !== "" && <Clip text={said} />}
          {wrong && said !== "" && <span aria-hidden>·</span>}
          {wrong && (
            <Link
              as="button"
              className={styles.link}
              aria-describedby={nameId(row)}
              onClick={(event) => {
                event.stopPropagation();
                void navigate({ to: "/runs/$id", params: { id: run.id } });
              }}
            >
              {t("details")}
            </Link>
          )}
        </div>
      )}
    </>
  );
}

/** The one thing that is worth saying about a run that ended; empty where its page must be read. */
function useWords({ last_run: run, product }: ExportRow): string {
  const { t } = useTranslation("exports");
  const reasons = useReasonWords(product);
  const context = tagged(product);
  if (run === null) return "";
  const { counts } = run;
  switch (run.status) {
    case "successful":
      return [
        t("sent", { count: counts.created + counts.updated }),
        t("unchanged", { count: counts.unchanged }),
      ].join(", ");
    case "completed_with_errors":
      if (counts.rejected > 0) return t("rejected", { count: counts.rejected });
      if (counts.leavers_failed > 0) return t("notLeft", { count: counts.leavers_failed, context });
      if (counts.not_attempted > 0) return t("notSent", { count: counts.not_attempted });
      return run.verified === false ? t("disagree", { context }) : "";
    case "failed":
      // A sentence is for the page of the run; a code has a few words.
      if (readReason(run.reason).code !== null) return reasons.short(run.reason);
      return run.resumable ? t("resumable") : "";
    case "skipped":
      return readReason(run.reason).code === null ? "" : reasons.short(run.reason);
    default:
      return "";
  }
}

/** A run under way: bar, counts, rate, time left, and the way to stop it. */
function Running({ row }: { row: ExportRow }) {
  const { t } = useTranslation(["exports", "words"]);
  const styles = useStyles();
  const format = useFormat();
  const progress = latest(row, useProgress(row.last_run?.id));
  const cancel = useTell("run_cancel");
  const canceling = cancel.isPending || cancel.isSuccess;
  return (
    <>
      <div className={styles.line}>
        <Spinner size="extra-tiny" aria-hidden />
        <StatusWord row={row} />
        <span className={styles.grow} />
        <Button
          appearance="transparent"
          size="small"
          className={styles.cancel}
          icon={<DismissCircleRegular />}
          disabledFocusable={canceling}
          aria-describedby={nameId(row)}
          onClick={(event) => {
            event.stopPropagation();
            if (row.last_run !== null && !canceling) cancel.mutate({ id: row.last_run.id });
          }}
        >
          {t("cancel")}
        </Button>
      </div>
      <ProgressBar
        aria-label={t("progress", { name: row.name })}
        thickness="large"
        value={progress !== null && progress.total > 0 ? Math.min(1, progress.done / progress.total) : undefined}
      />
      <div className={mergeClasses(styles.line, styles.between, styles.quiet)}>
        {canceling ? <span>{t("canceling")}</span> : <Far progress={progress} />}
        {!canceling && progress !== null && <span>{pace(progress)}</span>}
      </div>
    </>
  );

  function pace({ per_second, seconds_left, waiting }: Progress): string {
    if (waiting !== "") return "";
    const rate = per_second > 0 ? t("progress.rate", { rate: format.number(Math.round(per_second)) }) : "";
    const left = seconds_left === null ? "" : t("progress.left", { time: format.duration(seconds_left) });
    return [rate, left].filter((part) => part !== "").join(" · ");
  }
}

/** How far a run is, in the words of its stage. */
function Far({ progress }: { progress: Progress | null }) {
  const { t } = useTranslation(["exports", "words"]);
  const format = useFormat();
  if (progress === null) return <span>&nbsp;</span>;
  if (progress.waiting !== "") return <Clip text={t("progress.waiting")} full={progress.waiting} />;
  const stage = t(`words:stage.${progress.stage}`);
  if (progress.total === 0) return <span>{stage}</span>;
  return (
    <span>{t("progress.of", { done: format.number(progress.done), total: format.number(progress.total) })}</span>
  );
}

/** Removals that wait for somebody's decision. */
function Held({ row, onDecide }: StatusCellProps) {
  const { t } = useTranslation(["exports", "words"]);
  const styles = useStyles();
  const format = useFormat();
  const [first] = row.held;
  if (first === undefined) return null;
  const share = first.members === 0 ? "" : format.percent(first.leaving / first.members);
  return (
    <>
      <div className={styles.line}>
        <HandRightRegular className={styles.hand} aria-hidden />
        <span className={styles.bold}>{t("words:status.held")}</span>
      </div>
      <div className={mergeClasses(styles.line, styles.quiet, styles.under)}>
        <Clip text={t("lost", { segment: first.title, share })} />
        <span aria-hidden>·</span>
        <Link
          as="button"
          className={styles.link}
          aria-describedby={nameId(row)}
          onClick={(event) => {
            event.stopPropagation();
            onDecide(row);
          }}
        >
          {t("decide")}
        </Link>
      </div>
    </>
  );
}
