// What is wrong with the conditions of a draft, in words: what the form sees itself, then what the engine says.
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Failure } from "../../../api";
import { conditionsOf, type Draft } from "../rule/draft";
import { conditionAt, type Fault, faultsOf, unfinished } from "../rule/faults";
import type { KindOf } from "../rule/write";

/** What is wrong with a draft. */
export interface Faults {
  /** What is wrong with a condition, as far as it is told already. */
  of: (id: string) => string | undefined;
  /** Whether nothing is wrong that the form sees. */
  sound: boolean;
  /** Whether something is wrong that is told already, and not only unfinished. */
  wrong: boolean;
  /** The first condition with a fault. */
  first: string | undefined;
}

/** The faults of a draft; those of unfinished conditions are told once it was to be saved. */
export function useFaults(draft: Draft, kindOf: KindOf, saved: boolean, failure: Failure | null): Faults {
  const { t } = useTranslation("segments");
  const found = useMemo(() => faultsOf(draft, kindOf), [draft, kindOf]);
  const told = useMemo(() => {
    const words = new Map<string, string>();
    for (const { id, attribute } of conditionsOf(draft)) {
      const fault: Fault | undefined = found.get(id);
      if (fault === undefined || (unfinished.has(fault) && !saved)) continue;
      const kind = kindOf(attribute);
      words.set(id, t(`fault.${fault}`, { attribute, type: kind === undefined ? "" : t(`type.${kind}`) }));
    }
    const pointed = failure?.code === "bad_predicate" ? conditionAt(draft, failure.message) : undefined;
    if (failure !== null && pointed !== undefined && !words.has(pointed.id)) words.set(pointed.id, failure.message);
    return words;
  }, [draft, found, kindOf, saved, failure, t]);
  const of = useCallback((id: string) => told.get(id), [told]);
  return { of, sound: found.size === 0, wrong: told.size > 0, first: [...found.keys()][0] };
}
