// Numbers, dates and durations as the locale writes them. Everything goes through Intl with the locale
// named, because the web view's own default is not the user's.
import { useLocale } from "./locale";

/** Writes values for people. */
export interface Format {
  /** `41 280` */
  number(value: number): string;
  /** A share from 0 to 1: `99,1 %` */
  percent(share: number): string;
  /** `3 Feb 2026` */
  date(at: string | Date): string;
  /** `3 Feb 2026, 10:40` */
  dateTime(at: string | Date): string;
  /** `10:40` */
  time(at: string | Date): string;
  /** `2 hours ago`, `yesterday`; with a capital where it stands alone. */
  ago(at: string | Date, now?: Date): string;
  /** `today 10:40`, `yesterday 10:40`, `3 Feb 2026, 10:40` in a sentence. */
  moment(at: string | Date, now?: Date): string;
  /** What is to come: `today 10:40`, `tomorrow 10:40`, `Fri 10:40` within a week, then as a date, in a sentence. */
  coming(at: string | Date, now?: Date): string;
  /** `1 min 10 s` */
  duration(seconds: number): string;
  /** `1.4 MB` */
  bytes(count: number): string;
  /** The name of a month from 1 to 12: `March`. */
  month(number: number): string;
  /** The name of a weekday from 1 (Monday) to 7: `Friday`. */
  weekday(number: number): string;
  /** The short name of a weekday from 1 (Monday) to 7: `Fri`. */
  day(number: number): string;
  /** `a, b and c` */
  list(items: readonly string[]): string;
  /** Compares as people of this language sort, numbers in names by size. */
  compare(a: string, b: string): number;
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["week", 604_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

/** The first letter as a capital, as at the start of a cell. */
export function capital(text: string, locale: string): string {
  const [first = "", ...rest] = text;
  return first.toLocaleUpperCase(locale) + rest.join("");
}

/** Whole days from one date to another on the calendar of this computer. */
function daysBetween(from: Date, to: Date): number {
  const day = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
  return day(to) - day(from);
}

/** What takes its time to make, made when it is first needed. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** A format for a locale. */
export function makeFormat(locale: string): Format {
  const number = once(() => new Intl.NumberFormat(locale));
  const percent = once(() => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 }));
  const date = once(() => new Intl.DateTimeFormat(locale, { dateStyle: "medium" }));
  const time = once(() => new Intl.DateTimeFormat(locale, { timeStyle: "short" }));
  const dateTime = once(() => new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }));
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: "auto" }));
  const monthName = once(() => new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }));
  const weekdayName = once(() => new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }));
  const shortDay = once(() => new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" }));
  const comingDay = once(() => new Intl.DateTimeFormat(locale, { weekday: "short" }));
  const list = once(() => new Intl.ListFormat(locale, { type: "conjunction" }));
  const collator = once(() => new Intl.Collator(locale, { numeric: true, sensitivity: "base" }));
  const unit = (value: number, name: string, digits = 0) =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: name,
      unitDisplay: "short",
      maximumFractionDigits: digits,
    }).format(value);
  const at = (value: string | Date) => (typeof value === "string" ? new Date(value) : value);
  return {
    number: (value) => number().format(value),
    percent: (share) => percent().format(share),
    date: (value) => date().format(at(value)),
    time: (value) => time().format(at(value)),
    dateTime: (value) => dateTime().format(at(value)),
    ago(value, now = new Date()) {
      const seconds = (at(value).getTime() - now.getTime()) / 1000;
      const days = daysBetween(now, at(value));
      // "Yesterday" is a date, not 24 hours.
      if (days !== 0 && Math.abs(seconds) >= 6 * 3_600 && Math.abs(days) < 7) {
        return capital(relative().format(days, "day"), locale);
      }
      const [name, size] = STEPS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
      const value_ = name === "second" ? 0 : Math.trunc(seconds / size);
      return capital(relative().format(value_, name), locale);
    },
    moment(value, now = new Date()) {
      const days = daysBetween(now, at(value));
      if (Math.abs(days) > 1) return dateTime().format(at(value));
      return `${relative().format(days, "day")} ${time().format(at(value))}`;
    },
    coming(value, now = new Date()) {
      const days = daysBetween(now, at(value));
      if (days > 1 && days < 7) return `${comingDay().format(at(value))} ${time().format(at(value))}`;
      return this.moment(value, now);
    },
    duration(seconds) {
      const whole = Math.max(0, Math.round(seconds));
      const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor((whole % 3_600) / 60), whole % 60];
      // The symbols of the SI are those of both languages; Intl writes "10 secs" in some regions.
      const parts: [number, string][] = hours > 0 ? [[hours, "h"], [minutes, "min"]] : [[minutes, "min"], [rest, "s"]];
      const shown = parts.filter(([value]) => value !== 0);
      // What took time took some, also where clocks count whole seconds.
      if (shown.length === 0) return `<\u00a01\u00a0s`;
      return shown.map(([value, symbol]) => `${number().format(value)}\u00a0${symbol}`).join(" ");
    },
    bytes(count) {
      const power = count < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(count) / 3));
      return unit(count / 1000 ** power, UNITS[power] ?? "byte", power === 0 ? 0 : 1);
    },
    month: (value) => monthName().format(new Date(Date.UTC(2024, value - 1, 1))),
    // 1 January 2024 was a Monday.
    weekday: (value) => weekdayName().format(new Date(Date.UTC(2024, 0, value))),
    day: (value) => shortDay().format(new Date(Date.UTC(2024, 0, value))),
    list: (items) => list().format(items),
    compare: (a, b) => collator().compare(a, b),
  };
}

/** By locale: what Intl makes takes its time, and each cell of a table asks. */
const made = new Map<string, Format>();

/** Writes values in the locale that is shown. */
export function useFormat(): Format {
  const { tag } = useLocale();
  let format = made.get(tag);
  if (format === undefined) {
    format = makeFormat(tag);
    made.set(tag, format);
  }
  return format;
}
