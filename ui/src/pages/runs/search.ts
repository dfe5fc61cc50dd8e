import * as v from "valibot";

/** What the address of the history says. */
export const runsSearch = v.object({
  /** The id of the export whose runs are shown. */
  export: v.fallback(v.optional(v.string()), undefined),
  /** The statuses that are shown. */
  statuses: v.fallback(
    v.optional(
      v.array(
        v.picklist([
          "queued",
          "processing",
          "successful",
          "completed_with_errors",
          "skipped",
          "failed",
          "canceled",
          "not_started",
        ]),
      ),
    ),
    undefined,
  ),
  /** How many days back the chart goes. */
  days: v.fallback(v.optional(v.picklist([7, 14, 30, 90])), undefined),
  /** A piece of the export's name. */
  search: v.fallback(v.optional(v.string()), undefined),
});

/** What the address of a run says. */
export const runSearch = v.object({
  /** The class whose people are shown. */
  tab: v.fallback(v.optional(v.string()), undefined),
  /** A reason that filters them. */
  reason: v.fallback(v.optional(v.string()), undefined),
  /** A piece of the address. */
  search: v.fallback(v.optional(v.string()), undefined),
});
