// The list as it is searched and sorted. It is whole in the page: there are as many exports as somebody
// set up by hand.
import type { ExportRow, Progress, Status } from "../../api";

/** A column by which the list is sorted. */
export type Sort = "name" | "type" | "status" | "refreshed" | "schedule" | "connection" | "created";

/** How the list is sorted. */
export interface Order {
  by: Sort;
  descending: boolean;
}

/** Up to so many exports run without a question. */
export const FEW = 5;

/** The order of statuses: what waits for somebody stands first. */
const LADDER = [
  "held",
  "failed",
  "completed_with_errors",
  "processing",
  "queued",
  "skipped",
  "canceled",
  "not_started",
  "successful",
];

/** Whether a run of this export is under way. */
export function isRunning(row: ExportRow): boolean {
  const status = row.last_run?.status;
  return status === "processing" || status === "queued";
}

/** Whether an export runs by itself; *Run all* runs those. */
export function isScheduled(row: ExportRow): boolean {
  return row.schedule.mode !== "off";
}

/** The id of the element that has the name of an export, for buttons that are about it. */
export function nameId(row: ExportRow): string {
  return `export-${row.id}`;
}

/** The status that the row shows. */
export function statusOf(row: ExportRow): Status {
  return row.last_run?.status ?? "not_started";
}

/** Whether the guard held somebody back and nobody has decided yet. */
export function waitsForDecision(row: ExportRow): boolean {
  return row.held.length > 0 && !isRunning(row);
}

/** Why an export cannot run now; `null`: it can. */
export function whyNotRun(row: ExportRow): "why.detached" | "why.running" | null {
  if (row.connection === null) return "why.detached";
  return isRunning(row) ? "why.running" : null;
}

/** What a run of this export has done so far: the latest of what the list and the events say. */
export function latest(row: ExportRow, heard: Progress | undefined): Progress | null {
  if (!isRunning(row)) return null;
  return heard?.run === row.last_run?.id ? (heard ?? null) : row.progress;
}

/** Exports whose name, connection or audience has this piece in it. */
export function found(rows: readonly ExportRow[], search: string): ExportRow[] {
  const piece = search.trim().toLocaleLowerCase();
  if (piece === "") return [...rows];
  return rows.filter((row) =>
    [row.name, row.connection?.name ?? "", row.audience.name].some((text) => text.toLocaleLowerCase().includes(piece)),
  );
}

/** The rows in an order; equal ones by name. */
export function sorted(
  rows: readonly ExportRow[],
  { by, descending }: Order,
  compare: (a: string, b: string) => number,
): ExportRow[] {
  const order: Record<Sort, (a: ExportRow, b: ExportRow) => number> = {
    name: (a, b) => compare(a.name, b.name),
    type: (a, b) => compare(a.product ?? "", b.product ?? ""),
    status: (a, b) => rung(a) - rung(b),
    refreshed: (a, b) => compareText(refreshed(a), refreshed(b)),
    schedule: (a, b) => rank(a) - rank(b) || compareText(soon(a), soon(b)),
    connection: (a, b) => compare(a.connection?.name ?? "", b.connection?.name ?? ""),
    created: (a, b) => compareText(a.created_at, b.created_at),
  };
  const turn = descending ? -1 : 1;
  return rows.toSorted((a, b) => turn * order[by](a, b) || compare(a.name, b.name));
}

function rung(row: ExportRow): number {
  return LADDER.indexOf(waitsForDecision(row) ? "held" : statusOf(row));
}

// Those that run with the system refresh stand together, then those of their own by what comes first.
function rank(row: ExportRow): number {
  return ["system", "own", "off"].indexOf(row.schedule.mode);
}

// Behind every time: what has none comes last.
function soon(row: ExportRow): string {
  return row.next_run ?? "~";
}

function refreshed(row: ExportRow): string {
  return row.last_run?.started_at ?? "";
}

// Times are written alike everywhere, so that their text sorts as they do.
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
