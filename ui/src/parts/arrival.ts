// Where the focus goes when another page is shown: to its heading, so that a screen reader says where one is.
import { createContext, type RefObject, use, useEffect, useRef } from "react";

/** Whether a page was shown before; on the very first one the focus stays where the browser puts it. */
export const ArrivalContext = createContext<RefObject<boolean>>({ current: false });

/** A heading that takes the focus when its page is shown, and names the window. */
export function useArrival(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const arrived = use(ArrivalContext);
  useEffect(() => {
    document.title = `${title} – Segue`;
  }, [title]);
  useEffect(() => {
    if (arrived.current) heading.current?.focus();
    arrived.current = true;
  }, [arrived]);
  return heading;
}
