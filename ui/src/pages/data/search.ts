import * as v from "valibot";

/** What the address of the page says. */
export const dataSearch = v.object({
  /** The id of the audience that is looked at. */
  audience: v.fallback(v.optional(v.string()), undefined),
  /** Whether the pane that adds a source is open. */
  add: v.fallback(v.optional(v.boolean()), undefined),
  /** Files for that pane: those that were dropped on the window, or chosen. */
  files: v.fallback(v.optional(v.array(v.string())), undefined),
});
