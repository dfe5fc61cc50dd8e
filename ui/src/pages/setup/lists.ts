// The list that each segment becomes: its title, and whether the account has it already.
import type { AccountShape } from "../../api";
import type { Chosen } from "./draft";

/** What is known of the list of a segment. */
export interface ListOf {
  /** Its title. */
  title: string;
  /** Whether the account has it; `undefined` while the lists are not read. */
  exists: boolean | undefined;
  /** The segment that fills it already, where that is another one. */
  taken: string | undefined;
}

/** The list of a segment; `others` are the other segments that are chosen. */
export function listOf(shape: AccountShape | undefined, segment: Chosen, others: readonly Chosen[]): ListOf {
  // A list that this segment filled before keeps its title, whatever the segment is called now.
  const own = shape?.lists.find((list) => list.segment?.id === segment.id);
  const title = segment.title ?? own?.title ?? segment.name;
  const there = shape?.lists.find((list) => list.title === title);
  const holder = there?.segment ?? null;
  const twin = others.find((other) => other.id !== segment.id && (other.title ?? other.name) === title);
  return {
    title,
    exists: shape === undefined ? undefined : there !== undefined,
    taken: holder !== null && holder.id !== segment.id ? holder.name : twin?.name,
  };
}
