// The list that each segment becomes: its title, and whether the account has it already.
import type { AccountShape, Product } from "../../api";
import type { Chosen } from "./draft";

/** What is known of the list of a segment. */
export interface ListOf {
  /** Its title. */
  title: string;
  /** Whether the account has it; `undefined` while the lists are not read. */
  exists: boolean | undefined;
  /** Whether it is longer than the account takes. */
  long: boolean;
  /** The segment that fills it already, where that is another one. */
  taken: string | undefined;
}

/** The most letters of a tag's name. */
export const LONGEST_TAG = 100;

/** Whether two titles are the same to the account: names of tags are, in any letters. */
function isSame(product: Product, one: string, other: string): boolean {
  if (product === "autopilot") return one === other;
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** The list, or the tag, of a segment; `others` are the other segments that are chosen. */
export function listOf(
  product: Product,
  shape: AccountShape | undefined,
  segment: Chosen,
  others: readonly Chosen[],
): ListOf {
  // A list that this segment filled before keeps its title, whatever the segment is called now.
  const own = shape?.lists.find((list) => list.segment?.id === segment.id);
  const title = segment.title ?? own?.title ?? segment.name;
  const there = shape?.lists.find((list) => isSame(product, list.title, title));
  const holder = there?.segment ?? null;
  const twin = others.find((other) => other.id !== segment.id && isSame(product, other.title ?? other.name, title));
  return {
    title,
    long: product === "ortto" && Array.from(title.trim()).length > LONGEST_TAG,
    exists: shape === undefined ? undefined : there !== undefined,
    taken: holder !== null && holder.id !== segment.id ? holder.name : twin?.name,
  };
}
