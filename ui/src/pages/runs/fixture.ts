// Runs for tests.
import type { Counts, Progress, Run, RunDetail, RunPerson } from "../../api";

/** Numbers that add up to 9 480. */
export const counts: Counts = {
  source: 9_480,
  created: 402,
  updated: 1_377,
  unchanged: 7_482,
  invalid: 64,
  duplicate: 118,
  excluded: 21,
  rejected: 16,
  not_attempted: 0,
  leavers_removed: 91,
  leavers_kept: 0,
  leavers_held: 0,
  leavers_failed: 0,
};

/** A run that ended with some who were rejected. */
export const run: Run = {
  id: "run-1",
  export_id: "exp-1",
  export: "Spring in Norway",
  status: "completed_with_errors",
  reason: "16 refused by the account.",
  trigger: "manual",
  full: false,
  late: false,
  resumable: false,
  started_at: "2026-11-24T07:30:00Z",
  finished_at: "2026-11-24T07:30:09Z",
  requests: 34,
  retries: 3,
  verified: true,
  counts,
  stage: "done",
};

/** The run, whole. */
export const detail: RunDetail = {
  run,
  progress: null,
  export_exists: true,
  connection: "Ljungvidde",
  practice: false,
  emptying: false,
  lists: [{ title: "Norway", before: 9_000, after: 9_261, joined: 352, left: 91 }],
  held: [],
  fields: ["FirstName"],
  planned_at: "2026-11-24T07:30:02Z",
  details_dropped_at: null,
  started_by: "anna on LAPTOP-7",
  over_limit: null,
};

/** How a run goes that is at its largest stage. */
export const progress: Progress = {
  run: "run-1",
  export: "Spring in Norway",
  stage: "deliver",
  done: 1_200,
  total: 4_000,
  requests: 12,
  per_second: 388,
  seconds_left: 70,
  waiting: "",
  counts: { ...counts, created: 200, updated: 1_000, rejected: 0, not_attempted: 595, leavers_removed: 0 },
};

/** The same run while it is under way. */
export const running: RunDetail = {
  ...detail,
  run: { ...run, status: "processing", finished_at: null, reason: "", stage: "deliver", verified: null, counts: progress.counts },
  progress,
  lists: [],
};

/** A person who was rejected. */
export const person: RunPerson = {
  email: "ingrid.solheim@gamil.com",
  customer_id: "0417",
  outcome: "rejected",
  reason: "refused",
  answer: "400 · status: invalid",
  suggestion: "ingrid.solheim@gmail.com",
};
