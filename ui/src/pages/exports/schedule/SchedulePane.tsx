// The pane *Schedule export*, or *Schedule multiple exports*: reads the system refresh, then shows the form.
import { useTranslation } from "react-i18next";

import { type ExportRow, useAsk } from "../../../api";
import { ErrorBar, Pane, PaneSkeleton } from "../../../parts";
import { ScheduleFields } from "./ScheduleFields";

/** What the pane needs. */
export interface SchedulePaneProps {
  /** At least one. */
  rows: readonly ExportRow[];
  onClose: () => void;
}

/** The pane. */
export function SchedulePane({ rows, onClose }: SchedulePaneProps) {
  const { t } = useTranslation("exports");
  const { data: system, error, refetch } = useAsk("schedule_get", {});
  const many = rows.length > 1;
  const words = {
    title: t(many ? "schedulePane.title.many" : "schedulePane.title"),
    about: many ? t("schedulePane.about", { count: rows.length }) : (rows[0]?.name ?? ""),
  };
  if (system !== undefined) return <ScheduleFields rows={rows} system={system} {...words} onClose={onClose} />;
  return (
    <Pane {...words} onClose={onClose}>
      {error === null ? <PaneSkeleton /> : <ErrorBar failure={error} onRetry={() => void refetch()} />}
    </Pane>
  );
}
