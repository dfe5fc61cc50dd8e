// A message at the edge of the window about something that was done, and what can be done next.
import { createContext, type ReactNode, use, useCallback, useState } from "react";

import { later } from "./later";

/** What is said. */
export interface Notice {
  intent: "success" | "error" | "warning" | "info";
  /** One sentence. */
  title: string;
  body?: string;
  /** One verb, and what it does. */
  action?: { text: string; run: () => void };
}

/** A notice with its place in the order of all. */
export interface NumberedNotice extends Notice {
  number: number;
}

const NoticesContext = createContext<(notice: Notice) => void>(() => undefined);

// Nothing is said before something was done: the part that shows messages is read with the first one.
const Toasts = later(async () => (await import("./Toasts")).Toasts, ["frame"]);

/** Where messages come together. */
export function Notices({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<readonly NumberedNotice[]>([]);
  const notify = useCallback((notice: Notice) => {
    setNotices((before) => [...before.slice(-9), { ...notice, number: (before.at(-1)?.number ?? 0) + 1 }]);
  }, []);
  return (
    <NoticesContext value={notify}>
      {children}
      {notices.length > 0 && <Toasts notices={notices} />}
    </NoticesContext>
  );
}

/** Shows a message. */
export function useNotify(): (notice: Notice) => void {
  return use(NoticesContext);
}
