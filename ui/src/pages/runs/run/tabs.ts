// The tabs of a run that ended: a class each, those first that somebody may have to do something about.
import type { Counts, Outcome, RunReason } from "../../../api";

/** A tab. */
export type RunTab = Outcome | "requests";

const ORDER = [
  "rejected",
  "not_attempted",
  "leaver_failed",
  "leaver_held",
  "excluded",
  "invalid",
  "duplicate",
  "created",
  "updated",
  "unchanged",
  "leaver_removed",
  "leaver_kept",
] as const satisfies readonly Outcome[];

/** How many people of a class there are. */
export function countOf(counts: Counts, outcome: Outcome): number {
  switch (outcome) {
    case "leaver_removed":
      return counts.leavers_removed;
    case "leaver_kept":
      return counts.leavers_kept;
    case "leaver_held":
      return counts.leavers_held;
    case "leaver_failed":
      return counts.leavers_failed;
    default:
      return counts[outcome];
  }
}

/** The tabs of a run: classes that hold somebody, and the requests. */
export function tabsOf(counts: Counts): RunTab[] {
  return [...ORDER.filter((outcome) => countOf(counts, outcome) > 0), "requests"];
}

/** The tab that the address names, else the first; where all went well that is *Created*. */
export function openTab(counts: Counts, named: string | undefined): RunTab {
  const tabs = tabsOf(counts);
  return tabs.find((tab) => tab === named) ?? tabs[0] ?? "requests";
}

/** People whom the run left out because it was to try only some. */
export function notChosen(reasons: readonly RunReason[]): number {
  return reasons
    .filter(({ outcome, reason }) => outcome === "not_attempted" && reason === "not_chosen")
    .reduce((sum, { people }) => sum + people, 0);
}

/** Whether somebody can be tried again: refused, or not sent though the run was to. */
export function hasFailed(counts: Counts, reasons: readonly RunReason[] = []): boolean {
  return counts.rejected + counts.leavers_failed + counts.not_attempted - notChosen(reasons) > 0;
}
