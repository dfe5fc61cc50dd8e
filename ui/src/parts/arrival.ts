// Where the focus goes when another page is shown: to its heading, so that a screen reader says where one is.
import { createContext, type RefObject, use, useEffect, useRef } from "react";

/** Whether a page was shown before; on the very first one the focus stays where the browser puts it. */
export class Arrivals {
  #any = false;

  /** A page is shown; the answer is whether another one was before it. */
  arrive(): boolean {
    const before = this.#any;
    this.#any = true;
    return before;
  }
}

/** The arrivals of the window. */
export const ArrivalContext = createContext(new Arrivals());

/** Names the window; a heading takes the focus when its page is shown. */
export function useArrival(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const arrivals = use(ArrivalContext);
  useEffect(() => {
    document.title = `${title} – Segue`;
  }, [title]);
  useEffect(() => {
    // A pane that opens with its page keeps the focus: outside of it nothing can be reached.
    const arrived = arrivals.arrive();
    if (arrived && document.querySelector('[aria-modal="true"]') === null) heading.current?.focus();
  }, [arrivals]);
  return heading;
}
