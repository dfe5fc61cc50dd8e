// Says something to a screen reader without moving the focus.
import { createContext, type ReactNode, use, useCallback, useRef, useState } from "react";

import { useHidden } from "./hidden";

const AnnounceContext = createContext<(text: string) => void>(() => undefined);

/** The live region of the window. */
export function Announcer({ children }: { children: ReactNode }) {
  const hidden = useHidden();
  const [said, setSaid] = useState({ text: "", turn: 0 });
  const say = useCallback((text: string) => {
    setSaid(({ turn }) => ({ text, turn: turn + 1 }));
  }, []);
  return (
    <AnnounceContext value={say}>
      {children}
      <div role="status" className={hidden}>
        {/* The same words said twice are heard twice only as a new element. */}
        <span key={said.turn}>{said.text}</span>
      </div>
    </AnnounceContext>
  );
}

/** Says a sentence; with `every`, at most one in so many milliseconds, and drops the others. */
export function useAnnounce(every = 0): (text: string) => void {
  const say = use(AnnounceContext);
  const last = useRef(Number.NEGATIVE_INFINITY);
  return useCallback(
    (text: string) => {
      const now = performance.now();
      if (now - last.current < every) return;
      last.current = now;
      say(text);
    },
    [say, every],
  );
}
