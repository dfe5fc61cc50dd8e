import * as v from "valibot";

/** What the address of the page says. */
export const connectionsSearch = v.object({
  /** The id of the connection that is looked at. */
  connection: v.fallback(v.optional(v.string()), undefined),
});
