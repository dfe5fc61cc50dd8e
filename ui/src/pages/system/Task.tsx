// A line of the tab *Status*: a task, how it ended, when. Its name leads to what it is, its status to how it went.
import { Link, makeStyles, TableCell, TableRow, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { AudienceStatus, ExportStatus, ProcessStatus, Refresh, RefreshedAudience, Status } from "../../api";
import { Clip, PageLink, StatusIcon, useFormat } from "../../parts";
import { Reason } from "./status/Reason";
import { runOf, sourceStatus } from "./status/stages";

const useStyles = makeStyles({
  status: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  link: { display: "block", minWidth: 0 },
});

interface TaskProps {
  /** In words; `title` leads to what it is, where there is such a place. */
  name: string;
  title: ReactNode;
  /** Quiet lines under the name. */
  more?: readonly string[];
  status: Status;
  /** Why it is not well. */
  reason?: string;
  at: string | null;
  /** Opens the details of the refresh that it was part of. */
  onDetails: (() => void) | null;
  /** Where there are none: the run; null: the status is a word. */
  run?: string | null;
}

/** Nothing stands under the name. */
const NOTHING: readonly string[] = [];

function Task({ name, title, more = NOTHING, status, reason = "", at, onDetails, run = null }: TaskProps) {
  const { t } = useTranslation(["admin", "words"]);
  const styles = useStyles();
  const format = useFormat();
  const word = t(`words:status.${status}`);
  return (
    <TableRow>
      <TableCell />
      <TableCell>
        {title}
        {more.map((line) => (
          <div key={line} className={styles.quiet}>
            {line}
          </div>
        ))}
      </TableCell>
      <TableCell>
        <div className={styles.status}>
          <StatusIcon status={status} />
          {onDetails !== null && (
            <Link as="button" aria-label={t("status.details", { status: word, name })} onClick={onDetails}>
              {word}
            </Link>
          )}
          {onDetails === null && run !== null && (
            <PageLink to="/runs/$id" params={{ id: run }} aria-label={t("status.openRun", { status: word, name })}>
              {word}
            </PageLink>
          )}
          {onDetails === null && run === null && word}
        </div>
        <Reason reason={reason} />
      </TableCell>
      <TableCell>{at === null ? t("status.never") : format.dateTime(at)}</TableCell>
    </TableRow>
  );
}

/** What a line needs beside what it shows. */
interface LineProps<T> {
  task: T;
  onDetails: (() => void) | null;
}

interface AudienceProps extends LineProps<AudienceStatus> {
  /** What it is in the refresh; undefined: it was no part of it. */
  step: RefreshedAudience | undefined;
  /** Whether the refresh goes on. */
  going: boolean;
}

/** A data source: when it was read, and how it went in the last refresh. */
export function AudienceTask({ task, step, going, onDetails }: AudienceProps) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const { audience, profiles, refreshed_at, trouble } = task;
  const errors = step?.state === "completed_with_errors" ? "completed_with_errors" : "failed";
  const rested: Status = trouble === "" ? "successful" : errors;
  return (
    <Task
      name={audience.name}
      title={
        <PageLink className={styles.link} to="/data" search={{ audience: audience.id }}>
          <Clip text={audience.name} />
        </PageLink>
      }
      more={[t("status.profiles", { count: profiles })]}
      status={going && step !== undefined ? sourceStatus(step, going) : rested}
      reason={trouble}
      at={refreshed_at}
      onDetails={step === undefined ? null : onDetails}
    />
  );
}

/** An export: its last run, which the refresh brought or somebody else, and when it runs next. */
export function ExportTask({ task, refresh, onDetails }: LineProps<ExportStatus> & { refresh: Refresh | null }) {
  const { t } = useTranslation("admin");
  const format = useFormat();
  const { export: named, run, next } = task;
  return (
    <Task
      name={named.name}
      title={<Clip text={named.name} />}
      more={next === null ? [] : [t("status.next", { moment: format.moment(next) })]}
      status={run?.status ?? "not_started"}
      reason={run?.reason ?? ""}
      at={run === null ? null : (run.finished_at ?? run.started_at)}
      onDetails={refresh === null || runOf(refresh, run) === null ? null : onDetails}
      run={run?.id ?? null}
    />
  );
}

/** What Segue does for itself. */
export function ProcessTask({ task, next, onDetails }: LineProps<ProcessStatus> & { next: string | null }) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const format = useFormat();
  const { kind, status, at, reason } = task;
  const name = t(`status.process.${kind}`);
  return (
    <Task
      name={name}
      title={
        kind === "refresh" ? (
          <Clip text={name} />
        ) : (
          <PageLink className={styles.link} to="/admin/system" search={{ tab: "settings" }}>
            <Clip text={name} />
          </PageLink>
        )
      }
      more={next === null ? [] : [t("status.next", { moment: format.moment(next) })]}
      status={status}
      reason={reason}
      at={at}
      onDetails={onDetails}
    />
  );
}
