import * as v from "valibot";

/** What the address of the page says. */
export const segmentsSearch = v.object({
  /** The id of the audience whose segments are shown. */
  audience: v.fallback(v.optional(v.string()), undefined),
  /** A piece of the name. */
  search: v.fallback(v.optional(v.string()), undefined),
  /** The pane that is open: `new`, or the id of a segment that is edited. */
  edit: v.fallback(v.optional(v.string()), undefined),
  /** The id of the segment that is looked at. */
  view: v.fallback(v.optional(v.string()), undefined),
});
