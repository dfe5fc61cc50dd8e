// Days of the chart: a window of whole days on the calendar of this computer, with every day in it.
import type { RunDay } from "../../api";

/** How many days back can be chosen. */
export const periods = [7, 14, 30, 90] as const;

/** A number of days back. */
export type Period = (typeof periods)[number];

/** What classes a day is divided into, from the bottom of its bar to the top. */
export const parts = ["created", "updated", "removed", "failed"] as const;

/** A class of the chart. */
export type ChartClass = (typeof parts)[number];

/** The class of a run whose colour and pattern each has. */
export const classOf = {
  created: "created",
  updated: "updated",
  removed: "left",
  failed: "rejected",
} as const satisfies Record<ChartClass, string>;

/** A day of the chart; `null`: nothing ran. */
export interface Day {
  /** `2026-11-12` */
  day: string;
  /** Its runs. */
  runs: RunDay | null;
}

/** A date as the engine writes days: on this computer's calendar, not in UTC. */
export function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Noon of a day: far from every change of the clocks, so that it is written as the same day everywhere. */
export function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00`);
}

/** The last days, the oldest first, the last one today. */
export function lastDays(count: number, today: Date): string[] {
  return Array.from({ length: count }, (_, back) => {
    const day = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (count - 1 - back), 12);
    return dayOf(day);
  });
}

/** Every day of the window, with what ran on it. */
export function fillDays(days: readonly string[], found: readonly RunDay[]): Day[] {
  const byDay = new Map(found.map((one) => [one.day, one]));
  return days.map((day) => ({ day, runs: byDay.get(day) ?? null }));
}

/** The height of a day's bar, in people. */
export function height({ runs }: Day): number {
  return runs === null ? 0 : parts.reduce((sum, part) => sum + runs[part], 0);
}

/** What stands in the legend: the sums of a window. */
export function sums(days: readonly Day[]): Record<ChartClass | "runs", number> {
  const total = { created: 0, updated: 0, removed: 0, failed: 0, runs: 0 };
  for (const { runs } of days) {
    if (runs === null) continue;
    for (const part of parts) total[part] += runs[part];
    total.runs += runs.runs;
  }
  return total;
}

/** Round values from 0 up to at least the highest, at most six of them; people are whole. */
export function ticks(highest: number): number[] {
  const rough = Math.max(highest, 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, Math.ceil(([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power));
  return Array.from({ length: Math.max(1, Math.ceil(highest / step)) + 1 }, (_, index) => index * step);
}
