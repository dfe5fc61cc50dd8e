// A command that is told once however often its button is pressed: the second click of a double click comes
// before anything is drawn anew.
import { type MouseEvent, useCallback, useMemo, useRef } from "react";

import { type Answer, type Command, type Failure, type Request, useTell } from "../api";

/** A command that waits for its own answer. */
export interface Once<C extends Command> {
  /** Tells it, unless it is being told; `done` hears the answer while the component is there. */
  tell: (request: Request<C>, done: (answer: Answer<C>) => void) => void;
  /** Whether it is being told. */
  busy: boolean;
  /** Why it was not done. */
  failure: Failure | null;
}

/** A click that acts, where the second one of a double click does not: the answer may have come in between. */
export function single(act: () => void): (event: MouseEvent) => void {
  return ({ detail }) => {
    if (detail <= 1) act();
  };
}

/** What lets through once: a second click comes before the first is drawn, or between the answer and the closing of a pane. */
export interface Gate {
  /** Whether it lets through; then nobody else is let through. */
  enter: () => boolean;
  /** Nothing came of it, or it is over: it lets through again. */
  open: () => void;
  /** Whether somebody is in. */
  closed: () => boolean;
}

/** A gate for whatever a button starts. */
export function useGate(): Gate {
  const inside = useRef(false);
  return useMemo(
    () => ({
      enter: () => {
        if (inside.current) return false;
        inside.current = true;
        return true;
      },
      open: () => {
        inside.current = false;
      },
      closed: () => inside.current,
    }),
    [],
  );
}

/** A command, once at a time. */
export function useOnce<C extends Command>(command: C): Once<C> {
  const { mutate, isPending, error } = useTell(command);
  const gate = useGate();
  const tell = useCallback<Once<C>["tell"]>(
    (request, done) => {
      if (gate.enter()) mutate(request, { onSuccess: done, onSettled: gate.open });
    },
    [mutate, gate],
  );
  return { tell, busy: isPending, failure: error };
}
