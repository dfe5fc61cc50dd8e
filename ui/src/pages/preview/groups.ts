// The groups of a preview: which figure counts them, and in what colour they stand.
import type { Preview, PreviewGroup } from "../../api";

/** Groups that have a tab, in the order of the tabs. */
export const tabs = [
  "new",
  "changed",
  "retry",
  "unchanged",
  "leaving",
  "held",
  "excluded",
  "invalid",
  "duplicate",
] as const satisfies readonly PreviewGroup[];

/** A group with a tab. */
export type Tab = (typeof tabs)[number];

/** Everybody who would stand in the account afterwards as the plan has it: the middle of the equation. */
export function people(preview: Preview): number {
  return preview.new + preview.changed + preview.retry + preview.unchanged;
}

/** How many people are sent. */
export function sent(preview: Preview): number {
  return preview.new + preview.changed + preview.retry;
}

/** Whether a run would change nothing in the account. */
export function isNothing(preview: Preview): boolean {
  return sent(preview) === 0 && preview.leaving === 0;
}

/** The tab that is shown first: the first group that a run does something to, else the largest matter. */
export function firstTab(preview: Preview): Tab {
  return tabs.find((tab) => preview[tab] > 0) ?? "unchanged";
}
