// Which rows of a long table are rendered: those in view and a few more.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useRef } from "react";

/** Up to here all rows are rendered: find in page, printing and screen readers have them all. */
const SHORT = 100;

/** The rows that are rendered, and the room that the others take. */
export interface WindowOfRows {
  /** The element that scrolls. */
  scroll: RefObject<HTMLDivElement | null>;
  first: number;
  last: number;
  /** Pixels before and after. */
  before: number;
  after: number;
  /** Brings a row into view. */
  reveal: (index: number) => void;
  /** Whether the table scrolls by itself. */
  long: boolean;
}

/** The window over so many rows of this height. */
export function useWindowOfRows(count: number, height: number): WindowOfRows {
  const scroll = useRef<HTMLDivElement>(null);
  const long = count > SHORT;
  const virtual = useVirtualizer({
    count: long ? count : 0,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 8,
    // The first measure is taken while React renders, when nothing can be flushed.
    useFlushSync: false,
    // The heading stands over the first pixels of the view.
    scrollPaddingStart: 44,
  });
  if (!long) {
    const reveal = () => undefined;
    return { scroll, first: 0, last: count - 1, before: 0, after: 0, reveal, long };
  }
  const items = virtual.getVirtualItems();
  const [from, to] = [items[0], items.at(-1)];
  return {
    scroll,
    first: from?.index ?? 0,
    last: to?.index ?? -1,
    before: from?.start ?? 0,
    after: virtual.getTotalSize() - (to?.end ?? 0),
    reveal: (index) => {
      virtual.scrollToIndex(index, { align: "auto" });
    },
    long,
  };
}
