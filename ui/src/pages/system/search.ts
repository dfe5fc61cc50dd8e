import * as v from "valibot";

/** What the address of the page says. */
export const systemSearch = v.object({
  /** Which tab. */
  tab: v.fallback(v.optional(v.picklist(["status", "schedule", "settings", "about"])), undefined),
});
