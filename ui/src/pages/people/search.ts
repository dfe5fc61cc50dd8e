import * as v from "valibot";

/** What the address of the page says. */
export const personSearch = v.object({
  /** The address that is looked for. */
  email: v.fallback(v.optional(v.string()), undefined),
});
