// What every part of the builder needs: the columns, what is wrong where, and how the draft is changed.
import { createContext, use } from "react";

import type { Column } from "../../../api";
import type { Draft } from "../rule/draft";
import type { KindOf } from "../rule/write";

/** What the builder's parts share. */
export interface Ground {
  /** The audience's id. */
  audience: string;
  columns: readonly Column[];
  kindOf: KindOf;
  /** What is wrong with a condition, in words. */
  faultOf: (id: string) => string | undefined;
  /** Changes the draft. */
  edit: (change: (draft: Draft) => Draft) => void;
}

/** Above all parts of the builder. */
export const GroundContext = createContext<Ground | null>(null);

/** What the builder's parts share. */
export function useBuilder(): Ground {
  const ground = use(GroundContext);
  if (ground === null) throw new Error("There is no builder above this component.");
  return ground;
}
