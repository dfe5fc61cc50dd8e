// Acts that wait.
import { useCallback, useEffect, useMemo, useRef, useState } from "react";

/** One act at a time that waits for its moment. */
export interface Timer {
  /** Does it after so many milliseconds, in place of what waited. */
  after: (milliseconds: number, act: () => void) => void;
  /** Nothing waits any more. */
  stop: () => void;
}

/** A timer that ends with its component. */
export function useTimer(): Timer {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = useCallback(() => {
    clearTimeout(timer.current);
  }, []);
  const after = useCallback(
    (milliseconds: number, act: () => void) => {
      stop();
      timer.current = setTimeout(act, milliseconds);
    },
    [stop],
  );
  useEffect(() => stop, [stop]);
  return useMemo(() => ({ after, stop }), [after, stop]);
}

/** Whether so many milliseconds have passed since it began; once they have, they have. */
export function useRested(milliseconds: number, begun = true): boolean {
  const [rested, setRested] = useState(false);
  const { after, stop } = useTimer();
  useEffect(() => {
    if (!begun) return undefined;
    after(milliseconds, () => {
      setRested(true);
    });
    return stop;
  }, [milliseconds, begun, after, stop]);
  return rested;
}
