// What the tests of this page show: a refresh, the status with it, and the exports that went with it.
import type { ExportRow, NoticesView, Refresh, RefreshedAudience, Run, SystemStatus } from "../../api";

/** A run. */
export function run(some: Partial<Run> = {}): Run {
  return {
    id: "r1",
    export_id: "e1",
    export: "Club newsletter",
    status: "failed",
    reason: "key_refused",
    trigger: "manual",
    full: false,
    late: false,
    resumable: true,
    started_at: "2026-11-24T09:40:00Z",
    finished_at: null,
    requests: 1,
    retries: 0,
    verified: null,
    stage: "read",
    counts: {
      source: 0,
      created: 0,
      updated: 0,
      unchanged: 0,
      invalid: 0,
      duplicate: 0,
      excluded: 0,
      rejected: 0,
      not_attempted: 0,
      leavers_removed: 0,
      leavers_kept: 0,
      leavers_held: 0,
      leavers_failed: 0,
    },
    ...some,
  };
}

/** An audience in a refresh that went well. */
export function audience(some: Partial<RefreshedAudience> = {}): RefreshedAudience {
  return { id: "a1", name: "Customers", state: "successful", profiles: 41_280, segments: 3, millis: 4_000, reason: "", ...some };
}

/** A refresh that ended after four minutes. */
export function refresh(some: Partial<Refresh> = {}): Refresh {
  return {
    started_at: "2026-11-24T08:30:00Z",
    finished_at: "2026-11-24T08:34:00Z",
    due_at: "2026-11-24T08:30:00Z",
    late: false,
    audiences: [audience()],
    ...some,
  };
}

/** An export that goes with the system refresh. */
export function row(some: Partial<ExportRow> = {}): ExportRow {
  return {
    id: "e1",
    name: "Club newsletter",
    product: "autopilot",
    connection: { id: "c1", name: "Autopilot" },
    practice: false,
    audience: { id: "a1", name: "Customers" },
    segments: [],
    created_at: "2026-11-01T08:00:00Z",
    last_run: null,
    progress: null,
    held: [],
    forecast: null,
    schedule: { mode: "system", recurrence: null },
    next_run: null,
    pending: false,
    ...some,
  };
}

/** What was done last, with no refresh yet. */
export function status(some: Partial<SystemStatus> = {}): SystemStatus {
  return {
    audiences: [
      { audience: { id: "a1", name: "Customers" }, profiles: 41_280, refreshed_at: "2026-11-24T05:00:00Z", trouble: "" },
    ],
    exports: [
      { export: { id: "e1", name: "Club newsletter" }, run: run(), next: null },
      { export: { id: "e2", name: "Spring" }, run: null, next: null },
    ],
    processes: [{ kind: "refresh", status: "not_started", at: null, reason: "" }],
    refresh: null,
    next: null,
    ...some,
  };
}

/** Notices as they are from the start: only on the desktop. */
export function notices(some: Partial<NoticesView> = {}): NoticesView {
  return {
    desktop: true,
    webhook_host: null,
    mail: null,
    mail_password: false,
    language: "en",
    tries: { webhook: null, mail: null },
    ...some,
  };
}
