// What the frame and the first pages say: it is read before the first of them, and the build puts it into one file.
// A page that asks for other words is made twice, and React holds it back for 300 ms in between.
import type { Namespace } from "./words";

/** The words of the first pages. */
export const FIRST: readonly Namespace[] = ["frame", "words", "errors", "exports", "home", "palette", "reasons"];
