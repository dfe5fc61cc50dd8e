// Exports for tests of the list: one of each kind of row.
import type { Counts, ExportRow, Forecast, Progress, Run, Status } from "../../api";

const counts: Counts = {
  source: 100,
  created: 0,
  updated: 0,
  unchanged: 100,
  invalid: 0,
  duplicate: 0,
  excluded: 0,
  rejected: 0,
  not_attempted: 0,
  leavers_removed: 0,
  leavers_kept: 0,
  leavers_held: 0,
  leavers_failed: 0,
};

/** A run of an export. */
export function runOf(id: string, status: Status, more: Partial<Counts> = {}): Run {
  return {
    id: `run-${id}`,
    export: id,
    export_id: id,
    status,
    reason: "",
    stage: status === "processing" ? "deliver" : "done",
    trigger: "manual",
    full: false,
    late: false,
    resumable: false,
    requests: 3,
    retries: 0,
    verified: true,
    started_at: "2026-11-24T09:00:00Z",
    finished_at: status === "processing" ? null : "2026-11-24T09:01:00Z",
    counts: { ...counts, ...more },
  };
}

/** A forecast. */
export function forecastOf(more: Partial<Forecast> = {}): Forecast {
  return { new: 34, changed: 61, leaving: 12, invalid: 161, at: "2026-11-25T08:00:00Z", outdated: false, ...more };
}

/** How far a run is. */
export function progressOf(id: string, done: number): Progress {
  return {
    run: `run-${id}`,
    export: id,
    stage: "deliver",
    done,
    total: 68_198,
    per_second: 388,
    seconds_left: 70,
    requests: 413,
    waiting: "",
    counts,
  };
}

/** A row of the list. */
export function exportOf(id: string, name: string, more: Partial<ExportRow> = {}): ExportRow {
  return {
    id,
    name,
    product: "autopilot",
    connection: { id: "c1", name: "Ljungvidde" },
    practice: false,
    audience: { id: "a1", name: "Customers" },
    segments: [{ id: "s1", name: "Club members" }],
    created_at: "2026-02-03T10:00:00Z",
    last_run: null,
    progress: null,
    held: [],
    forecast: forecastOf(),
    schedule: { mode: "system", recurrence: null },
    next_run: null,
    pending: false,
    ...more,
  };
}

/** One of each kind. */
export const ROWS: ExportRow[] = [
  exportOf("e1", "Club newsletter", {
    last_run: runOf("e1", "completed_with_errors", { rejected: 16 }),
    created_at: "2026-01-12T10:00:00Z",
  }),
  exportOf("e2", "Trail runners", { last_run: runOf("e2", "successful", { created: 200, updated: 14, unchanged: 8087 }) }),
  exportOf("e3", "Win-back, autumn", {
    last_run: runOf("e3", "completed_with_errors"),
    held: [{ title: "Lapsed customers", members: 1000, leaving: 610 }],
  }),
  exportOf("e4", "Students", { product: null, connection: null, forecast: null }),
];
