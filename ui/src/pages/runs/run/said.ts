// What a run came to, in sentences: from its status, its code and its numbers, never from the engine's own
// English sentence.
import type { TFunction } from "i18next";

import type { RunDetail, RunReason } from "../../../api";
import { readReason } from "../../../parts";
import { notChosen } from "./tabs";

type T = TFunction<["runs", "words"]>;

/** The code of the error that ended a run, where the engine wrote one before its sentence. */
export function codeOf({ run, over_limit }: RunDetail): string | null {
  if (over_limit !== null) return "over_limit";
  const { code, rest } = readReason(run.reason);
  // A single word could be one; with a sentence after the colon it is.
  return code !== null && rest !== "" ? code : null;
}

/** The sentences of a run, most important first; `context` says whether they speak of tags. */
export function said(t: T, detail: RunDetail, reasons: readonly RunReason[], context?: "ortto"): string[] {
  const { run, held, planned_at } = detail;
  const { counts } = run;
  const sent = counts.created + counts.updated;
  const accepted = sent > 0 ? [t("said.kept", { count: sent })] : [];
  switch (run.status) {
    case "queued":
    case "processing":
    case "not_started":
      return [t(`said.${run.status}`)];
    case "skipped":
      return [t(codeOf(detail) === null ? "said.skipped" : "said.skipped.data")];
    case "successful":
      return sent + counts.leavers_removed === 0 ? [t("said.nothing")] : done(t, detail, context);
    case "completed_with_errors": {
      const left = notChosen(reasons);
      const notSent = counts.not_attempted - left;
      const wrong = [
        ...(counts.rejected > 0 ? [t("said.rejected", { count: counts.rejected })] : []),
        ...(notSent > 0 ? [t("said.notSent", { count: notSent })] : []),
        ...(left > 0 ? [t("said.notChosen", { count: left })] : []),
        ...(counts.leavers_failed > 0 ? [t("said.notLeft", { count: counts.leavers_failed, context })] : []),
        ...(counts.leavers_held > 0 ? [t("said.held", { count: counts.leavers_held })] : []),
        ...(run.verified === false ? [t("said.disagree", { context })] : []),
      ];
      // Places on lists are in no class of people: then there is only the engine's word for it.
      return [...(wrong.length === 0 && held.length === 0 ? [t("said.partly")] : wrong), ...done(t, detail, context)];
    }
    case "failed":
      if (planned_at === null) return [t("said.failed.before")];
      return [t("said.failed"), ...accepted, ...(run.resumable ? [t("said.resumable")] : [])];
    case "canceled": {
      const replaced = codeOf(detail) === "replaced" || reasons.some(({ reason }) => reason === "replaced");
      return [t(replaced ? "said.replaced" : "said.canceled"), ...accepted];
    }
  }
}

function done(t: T, { run: { counts } }: RunDetail, context: "ortto" | undefined): string[] {
  const sent = counts.created + counts.updated;
  return [
    ...(sent > 0 ? [t("said.sent", { count: sent })] : []),
    ...(counts.leavers_removed > 0 ? [t("said.left", { count: counts.leavers_removed, context })] : []),
  ];
}
