// Schedules in words, and when something comes.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Day, Recurrence, Schedule } from "../../api";
import { capital, type Format, useFormat } from "../format";
import { useLocale } from "../locale";
import { DAYS } from "./recurrence";

/** Says schedules in the language that is shown. */
export interface ScheduleWords {
  /** `Mon, Wed at 08:30, 17:00` */
  recurrence: (recurrence: Recurrence) => string;
  /** The same with its zone, which matters to whoever is in another one. */
  whole: (recurrence: Recurrence) => string;
  /** `System refresh`, a recurrence, or `Off`. */
  schedule: (schedule: Schedule) => string;
  /** `Tomorrow 08:30`, as it stands in a cell. */
  coming: (at: string) => string;
}

/** Days in a row from so many on are said as a range. */
const RANGE = 3;

/** `Mon–Fri` or `Mon, Wed`; the days are in order. */
function daysInWords(on: readonly Day[], format: Format): string {
  const rows: number[][] = [];
  for (const day of on) {
    const number = DAYS.indexOf(day) + 1;
    const row = rows.at(-1);
    if (row?.at(-1) === number - 1) row.push(number);
    else rows.push([number]);
  }
  return rows
    .flatMap((row) => {
      const names = row.map((number) => format.day(number));
      return names.length >= RANGE ? [`${names[0] ?? ""}–${names.at(-1) ?? ""}`] : names;
    })
    .join(", ");
}

/** The words of schedules. */
export function useScheduleWords(): ScheduleWords {
  const { t } = useTranslation("words");
  const format = useFormat();
  const { tag } = useLocale();
  return useMemo(() => {
    const recurrence = ({ every, on, at }: Recurrence) => {
      const times = at.join(", ");
      return every === "day" || on.length === DAYS.length
        ? t("schedule.day", { times })
        : capital(t("schedule.week", { days: daysInWords(on, format), times }), tag);
    };
    return {
      recurrence,
      whole: (of) => t("schedule.inZone", { what: recurrence(of), zone: of.zone }),
      schedule({ mode, recurrence: own }) {
        return mode === "own" && own !== null ? recurrence(own) : t(`schedule.mode.${mode === "system" ? "system" : "off"}`);
      },
      coming: (at) => capital(format.coming(at), tag),
    };
  }, [t, format, tag]);
}
