// Asks before something that was typed is lost: on *Cancel*, on Esc, on going to another page.
import { useBlocker } from "@tanstack/react-router";
import { createContext, type ReactNode, use, useCallback, useRef, useState } from "react";

import { later } from "./later";

const Question = later(async () => (await import("./UnsavedDialog")).UnsavedDialog, ["frame"]);

/** Asks; the answer is whether to leave. */
type AskToLeave = () => Promise<boolean>;

const UnsavedContext = createContext<AskToLeave>(() => Promise.resolve(true));

/** The question itself, once for the window. */
export function UnsavedQuestion({ children }: { children: ReactNode }) {
  const [answer, setAnswer] = useState<((leave: boolean) => void) | null>(null);
  const ask = useCallback<AskToLeave>(
    () =>
      new Promise((resolve) => {
        setAnswer((earlier: ((leave: boolean) => void) | null) => {
          earlier?.(false);
          return resolve;
        });
      }),
    [],
  );
  const say = (leave: boolean) => {
    answer?.(leave);
    setAnswer(null);
  };
  return (
    <UnsavedContext value={ask}>
      {children}
      {answer !== null && <Question onAnswer={say} />}
    </UnsavedContext>
  );
}

/**
 * Guards what was typed. The returned function does something that would lose it, after asking where there is
 * something to lose; going to another page asks by itself.
 */
export function useUnsaved(dirty: boolean): (then: () => void) => void {
  const ask = use(UnsavedContext);
  // Once somebody said *Leave*, the way out that follows does not ask again.
  const leaving = useRef(false);
  useBlocker({
    disabled: !dirty,
    enableBeforeUnload: false,
    shouldBlockFn: async () => !leaving.current && !(await ask()),
  });
  return useCallback(
    (then) => {
      if (!dirty) {
        then();
        return;
      }
      void ask().then((leave) => {
        if (!leave) return;
        leaving.current = true;
        then();
      });
    },
    [dirty, ask],
  );
}
