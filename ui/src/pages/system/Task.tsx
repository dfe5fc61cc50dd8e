// A line of the tab *Status*: a task, how it ended, when.
import { makeStyles, TableCell, TableRow, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { AudienceStatus, ExportStatus, Status } from "../../api";
import { Clip, PageLink, StatusIcon, useFormat } from "../../parts";

const useStyles = makeStyles({
  status: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

interface TaskProps {
  name: string;
  more?: string;
  status: Status;
  /** The status as a link, or as a word. */
  children: ReactNode;
  at: string | null;
}

function Task({ name, more, status, children, at }: TaskProps) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const format = useFormat();
  return (
    <TableRow>
      <TableCell />
      <TableCell>
        <Clip text={name} />
        {more !== undefined && <div className={styles.quiet}>{more}</div>}
      </TableCell>
      <TableCell>
        <div className={styles.status}>
          <StatusIcon status={status} />
          {children}
        </div>
      </TableCell>
      <TableCell>{at === null ? t("status.never") : format.dateTime(at)}</TableCell>
    </TableRow>
  );
}

/** A data source: when it was read. */
export function AudienceTask({ task: { audience, profiles, refreshed_at } }: { task: AudienceStatus }) {
  const { t } = useTranslation("admin");
  const status = t("status.read");
  return (
    <Task
      name={audience.name}
      more={t("status.profiles", { count: profiles })}
      status="successful"
      at={refreshed_at}
    >
      <PageLink
        to="/data"
        search={{ audience: audience.id }}
        aria-label={t("status.openData", { status, name: audience.name })}
      >
        {status}
      </PageLink>
    </Task>
  );
}

/** An export: its last run. */
export function ExportTask({ task: { export: named, run } }: { task: ExportStatus }) {
  const { t } = useTranslation(["admin", "words"]);
  if (run === null) {
    return (
      <Task name={named.name} status="not_started" at={null}>
        {t("words:status.not_started")}
      </Task>
    );
  }
  const status = t(`words:status.${run.status}`);
  return (
    <Task name={named.name} status={run.status} at={run.finished_at ?? run.started_at}>
      <PageLink
        to="/runs/$id"
        params={{ id: run.id }}
        aria-label={t("status.openRun", { status, name: named.name })}
      >
        {status}
      </PageLink>
    </Task>
  );
}
