// Entries of the audit log in words. The engine writes them in English, as one fixed sentence for each action;
// what is not known here is shown as the engine wrote it, so that a newer engine is never mute.
import type { TFunction } from "i18next";

import type { Entry } from "../../api";

type T = TFunction<["admin", "words"]>;

const RUN = /^(\w+): (\d+) created, (\d+) updated, (\d+) taken off$/u;
const DAYS = /^(\d+) days$/u;
const DROPPED = /^dropped: (\d+) people of (\d+) runs, values of (\d+) receipts, (\d+) answers$/u;

/** What was done, to what. */
export function actionWords(t: T, { action, subject, detail }: Entry): string {
  const key = `action.${action}`;
  const known = t(key as "action.person forgotten", { subject, defaultValue: "" });
  const what = known !== "" ? known : subject === "" ? action : t("audit.other", { action, subject });
  const more = detailWords(t, detail);
  return more === "" ? what : t("audit.detail", { what, detail: more });
}

/** What is said beyond it. */
export function detailWords(t: T, detail: string): string {
  const run = RUN.exec(detail);
  if (run !== null) {
    const [, status = "", created, updated, removed] = run;
    return t("detail.run", {
      status: t(`words:status.${status}` as "words:status.failed", { defaultValue: status }),
      created: Number(created),
      updated: Number(updated),
      removed: Number(removed),
    });
  }
  const days = DAYS.exec(detail);
  if (days !== null) return t("detail.days", { count: Number(days[1]) });
  const dropped = DROPPED.exec(detail);
  if (dropped === null) return detail;
  const [, lines, runs, receipts, answers] = dropped.map(Number);
  return t("detail.dropped", { lines, runs, receipts, answers });
}
