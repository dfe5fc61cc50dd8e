// A command that is told once however often its button is pressed: the second click of a double click comes
// before anything is drawn anew.
import { type MouseEvent, useCallback, useRef } from "react";

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

/** A command, once at a time. */
export function useOnce<C extends Command>(command: C): Once<C> {
  const { mutate, isPending, error } = useTell(command);
  const going = useRef(false);
  const tell = useCallback<Once<C>["tell"]>(
    (request, done) => {
      if (going.current) return;
      going.current = true;
      mutate(request, {
        onSuccess: done,
        onSettled: () => {
          going.current = false;
        },
      });
    },
    [mutate],
  );
  return { tell, busy: isPending, failure: error };
}
