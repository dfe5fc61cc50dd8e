// What jsdom lacks and Fluent needs, and what every test starts from.
import "@testing-library/jest-dom/vitest";

import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

/** Media queries that hold in the tests; change them with `setMedia`. */
const media = new Map<string, boolean>([["(min-width: 1200px)", true]]);
const lists = new Map<string, MediaQueryList>();

/** Says whether a media query holds, and tells those who listen. */
export function setMedia(query: string, matches: boolean): void {
  media.set(query, matches);
  lists.get(query)?.dispatchEvent(new Event("change"));
}

function matchMedia(query: string): MediaQueryList {
  const known = lists.get(query);
  if (known !== undefined) return known;
  const list = Object.assign(new EventTarget() as MediaQueryList, {
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
  Object.defineProperty(list, "matches", { get: () => media.get(query) ?? false });
  lists.set(query, list);
  return list;
}

class NoResizes implements ResizeObserver {
  disconnect(): void {}
  observe(): void {}
  unobserve(): void {}
}

class NoIntersections implements IntersectionObserver {
  readonly root = null;
  readonly rootMargin = "";
  readonly scrollMargin = "";
  readonly thresholds = [];
  disconnect(): void {}
  observe(): void {}
  takeRecords(): IntersectionObserverEntry[] {
    return [];
  }
  unobserve(): void {}
}

// The whole tree of a page says nothing in a report; the first lines do. Whoever waits does so for long enough
// on a machine that builds something else at the same time.
configure({ asyncUtilTimeout: 8_000, getElementError: (message) => new Error((message ?? "").slice(0, 1500)) });

if (typeof window !== "undefined") {
  window.matchMedia = matchMedia;
  window.ResizeObserver = NoResizes;
  window.IntersectionObserver = NoIntersections;
  window.scrollTo = () => undefined;
  Element.prototype.scrollIntoView = () => undefined;
  // Fluent asks whether an element is laid out before it gives it the focus; here everything is.
  Object.defineProperty(HTMLElement.prototype, "offsetParent", {
    get(this: HTMLElement) {
      return this.parentNode;
    },
  });
  HTMLBodyElement.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 1280, 800);
  // A table that scrolls has a height, and scrolls where it is told to.
  for (const [name, pixels] of [["clientHeight", 600], ["scrollHeight", 10_000_000]] as const) {
    Object.defineProperty(HTMLElement.prototype, name, {
      configurable: true,
      get(this: HTMLElement) {
        return "scrollArea" in this.dataset ? pixels : 0;
      },
    });
  }
  Element.prototype.scrollTo = function scrollTo(this: Element, to?: ScrollToOptions | number) {
    if (typeof to !== "object") return;
    this.scrollTop = to.top ?? this.scrollTop;
    this.dispatchEvent(new Event("scroll"));
  };
  afterEach(() => {
    cleanup();
    media.clear();
    media.set("(min-width: 1200px)", true);
    vi.restoreAllMocks();
    document.title = "";
  });
}
