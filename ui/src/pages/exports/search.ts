import * as v from "valibot";

/** What the address of the page says. */
export const exportsSearch = v.object({
  /** Which tab. */
  tab: v.fallback(v.optional(v.picklist(["discover", "mine"])), undefined),
  /** The pane that is open: a new export, or the one of this id. */
  setUp: v.fallback(v.optional(v.string()), undefined),
  /** The product of a new export, where a tile said which. */
  product: v.fallback(v.optional(v.picklist(["ortto", "autopilot"])), undefined),
  /** A piece of the name. */
  search: v.fallback(v.optional(v.string()), undefined),
});
