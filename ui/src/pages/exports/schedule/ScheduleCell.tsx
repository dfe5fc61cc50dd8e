// With what an export runs by itself, and when next.
import { useTranslation } from "react-i18next";

import type { ExportRow } from "../../../api";
import { Clip, useFormat, useScheduleWords } from "../../../parts";
import { useGrid } from "../grid";

/** What the cell needs. */
export interface ScheduleCellProps {
  row: ExportRow;
  /** Whether all schedules are paused. */
  paused: boolean;
}

/** The cell of the schedule. */
export function ScheduleCell({ row, paused }: ScheduleCellProps) {
  const grid = useGrid();
  const words = useScheduleWords();
  const { mode, recurrence } = row.schedule;
  const quiet = useQuiet({ row, paused });
  return (
    <>
      <Clip
        lines={2}
        text={words.schedule(row.schedule)}
        full={mode === "own" && recurrence !== null ? words.whole(recurrence) : undefined}
      />
      {quiet !== null && (
        <div className={grid.quiet}>
          <Clip {...quiet} />
        </div>
      )}
    </>
  );
}

/** The quiet line; `null`: there is nothing to say. */
function useQuiet({ row, paused }: ScheduleCellProps): { text: string; full: string } | null {
  const { t } = useTranslation("exports");
  const format = useFormat();
  const words = useScheduleWords();
  if (row.schedule.mode === "off") return null;
  if (row.pending) return { text: t("schedule.pending"), full: t("schedule.pending.full") };
  if (paused) return { text: t("schedule.paused"), full: t("schedule.paused.full") };
  if (row.next_run !== null) {
    return { text: words.coming(row.next_run), full: t("schedule.next", { when: format.dateTime(row.next_run) }) };
  }
  return row.schedule.mode === "system" ? { text: t("schedule.systemOff"), full: t("schedule.systemOff.full") } : null;
}
