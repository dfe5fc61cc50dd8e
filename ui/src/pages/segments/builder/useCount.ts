// Counts whom a rule holds, 300 ms after its last change; the old figure stays meanwhile.
import { type Failure, type RuleCount, type SegmentRule, useAsk } from "../../../api";
import { useDebounced } from "../../../parts/debounce";

/** How many milliseconds after the last change people are counted. */
const SETTLES = 300;

/** What is known of the members of a rule. */
export interface Count {
  /** The last figures; undefined before the first. */
  figures: RuleCount | undefined;
  /** Whether they are of an older rule. */
  old: boolean;
  /** Why the present rule cannot be counted. */
  error: Failure | null;
}

/** Counts a rule as it is edited; null: it cannot be counted now, and the last figure stays. */
export function useCount(audience: string, rule: SegmentRule | null, email?: string | null): Count {
  const text = rule === null ? null : JSON.stringify(rule);
  const settled = useDebounced(text, SETTLES);
  const asked = settled !== null && audience !== "";
  const { data, error, isPlaceholderData } = useAsk(
    "rule_count",
    {
      audience,
      rule: settled === null ? { kind: "where", predicate: "" } : (JSON.parse(settled) as SegmentRule),
      email: email ?? null,
    },
    { enabled: asked, keep: true },
  );
  const now = settled === text && asked;
  return { figures: data, old: !now || isPlaceholderData, error: now ? error : null };
}
