// What the pane *Schedule export* asks, and what comes of it.
import type { ExportRow, ExportScheduleRequest, Schedule } from "../../../api";
import { commandLine, type Draft, draftOf, recurrenceOf, recurrenceWords } from "../../../parts";

/** The pane while it is filled in. */
export interface ScheduleForm {
  /** Whether the exports run by themselves. */
  run: boolean;
  /** Of several: whether each keeps its own schedule. */
  keep: boolean;
  mode: "system" | "own";
  draft: Draft;
}

/** The pane as it opens: a schedule that was switched off comes back by being switched on. */
export function formOf(rows: readonly ExportRow[], zone: string): ScheduleForm {
  const [first] = rows;
  const only = rows.length === 1 && first !== undefined ? first.schedule : null;
  const own = only !== null && only.recurrence !== null && only.mode !== "system";
  return {
    run: rows.some(({ schedule }) => schedule.mode !== "off"),
    keep: rows.length > 1,
    mode: own ? "own" : "system",
    draft: draftOf(only?.recurrence ?? null, zone),
  };
}

/** What is asked of the engine; `null` where the recurrence is not right yet. */
export function requestOf(rows: readonly ExportRow[], { run, keep, mode, draft }: ScheduleForm): ExportScheduleRequest | null {
  const exports = rows.map(({ id }) => id);
  if (!run || keep) return { exports, run, schedule: null };
  const [first] = rows;
  if (mode === "system") {
    // Its own recurrence stays for the day when somebody wants it back.
    const recurrence = rows.length === 1 ? (first?.schedule.recurrence ?? null) : null;
    return { exports, run, schedule: { mode, recurrence } };
  }
  const recurrence = recurrenceOf(draft);
  return recurrence === null ? null : { exports, run, schedule: { mode, recurrence } };
}

/** The schedule that an export has afterwards. */
export function scheduleAfter({ schedule }: ExportRow, request: ExportScheduleRequest): Schedule {
  if (!request.run) return { ...schedule, mode: "off" };
  const given = request.schedule ?? null;
  if (given !== null) return given;
  if (schedule.mode !== "off") return schedule;
  return { ...schedule, mode: schedule.recurrence === null ? "system" : "own" };
}

/** The command lines that do the same, one for each export. */
export function commandOf(rows: readonly ExportRow[], request: ExportScheduleRequest): string {
  const flags = ({ mode, recurrence }: Schedule) =>
    mode === "own" && recurrence !== null ? recurrenceWords(recurrence) : [mode === "off" ? "--off" : "--system"];
  return rows
    .map((row) => commandLine(["export", "schedule", row.name, ...flags(scheduleAfter(row, request))]))
    .join("\n");
}
