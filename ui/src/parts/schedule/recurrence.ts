// A recurrence while somebody fills it in: times are what was typed, and what is wrong is known by its field.
import type { Day, Every, Recurrence } from "../../api";

/** The days of the week, Monday first, as they are kept. */
export const DAYS: readonly Day[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** At most so many times a day. */
export const MOST_TIMES = 4;

/** What is offered as a time: every half hour. */
export const HALF_HOURS: readonly string[] = Array.from({ length: 48 }, (_, at) => clock(Math.floor(at / 2), (at % 2) * 30));

/** A recurrence that is being filled in. */
export interface Draft {
  every: Every;
  /** Kept while it recurs daily, so that going back to weekly loses nothing. */
  on: readonly Day[];
  /** Times as they were typed. */
  at: readonly string[];
  /** The IANA name of the zone. */
  zone: string;
}

/** What is wrong, by field; a key of `words` each. */
export interface Faults {
  on?: "recurrence.on.missing";
  /** One for each time; `null`: it is well. */
  at: readonly ("recurrence.time.bad" | "recurrence.time.twice" | null)[];
  zone?: "recurrence.zone.missing";
}

/** What is kept, to be changed; where nothing is: the mornings of working days. */
export function draftOf(kept: Recurrence | null, zone: string): Draft {
  if (kept === null) return { every: "week", on: DAYS.slice(0, 5), at: ["08:30"], zone };
  return { ...kept, on: kept.every === "day" ? DAYS.slice(0, 5) : kept.on };
}

/** A time as it is kept, `08:30`, from what was typed: `8:30`, `8.30`, `0830` or `8`; `null`: it is none. */
export function timeOf(typed: string): string | null {
  const [, hour, minute = "00"] = /^(\d{1,2})(?:[:.]?(\d{2}))?$/u.exec(typed.trim()) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return null;
  return clock(Number(hour), Number(minute));
}

/** The time that is offered when another one is added: half an hour after the last, or one that is not there yet. */
export function anotherTime(at: readonly string[]): string {
  const there = at.map((typed) => timeOf(typed) ?? "");
  const last = there.toSorted().at(-1) ?? "";
  return HALF_HOURS.find((time) => time > last) ?? HALF_HOURS.find((time) => !there.includes(time)) ?? "";
}

/** What is wrong with a draft. */
export function faultsOf({ every, on, at, zone }: Draft): Faults {
  const times = at.map(timeOf);
  return {
    ...(every === "week" && on.length === 0 ? { on: "recurrence.on.missing" } : {}),
    ...(zone === "" ? { zone: "recurrence.zone.missing" } : {}),
    at: times.map((time, place) => {
      if (time === null) return "recurrence.time.bad";
      return times.indexOf(time) < place ? "recurrence.time.twice" : null;
    }),
  };
}

/** Whether something is wrong. */
export function isFaulty({ on, at, zone }: Faults): boolean {
  return on !== undefined || zone !== undefined || at.some((one) => one !== null);
}

/** The recurrence that was filled in; `null` where something is wrong with it. */
export function recurrenceOf(draft: Draft): Recurrence | null {
  if (isFaulty(faultsOf(draft))) return null;
  return {
    every: draft.every,
    on: draft.every === "day" ? [] : DAYS.filter((day) => draft.on.includes(day)),
    at: draft.at.map((typed) => timeOf(typed) ?? typed).toSorted(),
    zone: draft.zone,
  };
}

/** The words of a command line that say a recurrence. */
export function recurrenceWords({ every, on, at, zone }: Recurrence): string[] {
  const days = on.map((day) => day.charAt(0).toUpperCase() + day.slice(1)).join(",");
  return [
    "--every",
    every,
    ...(every === "week" ? ["--on", days] : []),
    ...at.flatMap((time) => ["--at", time]),
    "--zone",
    zone,
  ];
}

function clock(hour: number, minute: number): string {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}
