// The stages of a refresh: data sources are read, their segments counted, then the exports run that go with it.
import type { ExportRow, Refresh, RefreshedAudience, Run, Status } from "../../../api";

/** The stages, in their order. */
export const STAGES = ["sources", "segments", "exports"] as const;
/** A stage. */
export type StageId = (typeof STAGES)[number];

/** Something that a stage does. */
export interface Step {
  /** The data source's or the export's id. */
  id: string;
  name: string;
  status: Status;
  /** How long it took, in seconds; null: not known, or it goes on. */
  seconds: number | null;
  /** Profiles that were read, segments that were counted; null: says nothing of them. */
  amount: number | null;
  /** Why it could not be done, as the engine wrote it; empty where it could. */
  reason: string;
  /** Names of exports that were skipped because of it. */
  skipped: string[];
  /** The run; null: it has none. */
  run: string | null;
}

/** A stage with what it does. */
export interface Stage {
  id: StageId;
  status: Status;
  steps: Step[];
  /** Steps that succeeded. */
  done: number;
}

const ENDED: ReadonlySet<Status> = new Set(["successful", "completed_with_errors", "skipped", "failed", "canceled"]);
const GOOD: ReadonlySet<Status> = new Set(["successful", "completed_with_errors"]);

/** Whether nothing more comes of it. */
export function isOver(status: Status): boolean {
  return ENDED.has(status);
}

/** The run of an export that a refresh brought. */
export function runOf(refresh: Refresh, run: Run | null): Run | null {
  if (run === null || run.trigger !== "system_refresh") return null;
  return Date.parse(run.started_at) >= Date.parse(refresh.started_at) ? run : null;
}

/** The stages of a refresh; `exports` are all exports. */
export function stagesOf(refresh: Refresh, going: boolean, exports: readonly ExportRow[]): Stage[] {
  const runs = exports.flatMap((row) => {
    const run = runOf(refresh, row.last_run);
    // While it goes, exports wait for it; afterwards only those count that it brought.
    return run !== null || (going && row.schedule.mode === "system") ? [{ row, run }] : [];
  });
  const skippedFor = (audience: string) =>
    runs.filter(({ row, run }) => row.audience.id === audience && run?.status === "skipped").map(({ row }) => row.name);
  return [
    stage("sources", refresh.audiences.map((one) => sourceStep(one, going, skippedFor(one.id)))),
    stage("segments", refresh.audiences.map((one) => segmentStep(one, going))),
    stage("exports", runs.map(({ row, run }) => exportStep(row, run))),
  ];
}

/** How reading a data source went. */
export function sourceStatus({ state }: RefreshedAudience, going: boolean): Status {
  if (state === "failed" || state === "canceled") return state;
  if (state === "queued") return going ? "queued" : "canceled";
  if (state === "reading") return going ? "processing" : "canceled";
  return "successful";
}

function sourceStep(one: RefreshedAudience, going: boolean, skipped: string[]): Step {
  const status = sourceStatus(one, going);
  return {
    id: one.id,
    name: one.name,
    status,
    seconds: isOver(status) && one.state !== "counting" && status !== "canceled" ? one.millis / 1000 : null,
    amount: one.profiles,
    reason: status === "failed" ? one.reason : "",
    skipped,
    run: null,
  };
}

function segmentStep(one: RefreshedAudience, going: boolean): Step {
  const { state } = one;
  let status: Status;
  if (state === "successful" || state === "completed_with_errors") status = state;
  else if (state === "failed") status = "skipped";
  else if (going && state !== "canceled") status = state === "counting" ? "processing" : "queued";
  else status = "canceled";
  return {
    id: one.id,
    name: one.name,
    status,
    seconds: null,
    amount: GOOD.has(status) ? one.segments : null,
    reason: status === "completed_with_errors" ? one.reason : "",
    skipped: [],
    run: null,
  };
}

function exportStep(row: ExportRow, run: Run | null): Step {
  const finished = run?.finished_at ?? null;
  return {
    id: row.id,
    name: row.name,
    status: run?.status ?? "queued",
    seconds: run === null || finished === null ? null : (Date.parse(finished) - Date.parse(run.started_at)) / 1000,
    amount: null,
    reason: run?.reason ?? "",
    skipped: [],
    run: run?.id ?? null,
  };
}

function stage(id: StageId, steps: Step[]): Stage {
  return { id, steps, status: together(steps.map(({ status }) => status)), done: steps.filter(isGood).length };
}

const isGood = ({ status }: Step) => GOOD.has(status);

/** How several went together. */
function together(all: readonly Status[]): Status {
  if (all.length === 0) return "not_started";
  if (!all.every(isOver)) return all.some((one) => one === "processing" || isOver(one)) ? "processing" : "queued";
  if (all.every((one) => one === "successful")) return "successful";
  if (all.some((one) => GOOD.has(one))) return "completed_with_errors";
  return all.find((one) => one === "failed") ?? all[0] ?? "not_started";
}
