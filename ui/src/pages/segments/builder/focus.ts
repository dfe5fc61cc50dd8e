// Where the focus goes as the builder grows and shrinks: into what was added, and to the button beside what
// was removed.
import { createContext, use, useCallback, useMemo, useState } from "react";

/** How parts of the builder steer the focus. */
export interface Focus {
  /** The condition that takes the focus when it is first drawn. */
  target: string | null;
  /** Says which condition, about to be added, takes the focus. */
  focusOn: (id: string) => void;
  /** Puts the focus on the element with this id, once the page is drawn anew. */
  backTo: (id: string) => void;
}

/** The button that is always there. */
export const ADD_RULE = "add-rule";

/** Above all parts of the builder. */
export const FocusContext = createContext<Focus>({ target: null, focusOn() {}, backTo() {} });

/** How parts of the builder steer the focus. */
export function useFocus(): Focus {
  return use(FocusContext);
}

/** The focus of one builder. */
export function useMakeFocus(): Focus {
  const [target, focusOn] = useState<string | null>(null);
  const backTo = useCallback((id: string) => {
    requestAnimationFrame(() => {
      // The rule may be gone with its last condition.
      (document.getElementById(id) ?? document.getElementById(ADD_RULE))?.focus();
    });
  }, []);
  return useMemo(() => ({ target, focusOn, backTo }), [target, backTo]);
}
