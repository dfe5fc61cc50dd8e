// The window is shown once there is something in it.
import { useEffect } from "react";

import { useAskNow } from "../api";

/**
 * Has the window shown when this component is there. Painting keeps the page from going on, so that it is
 * done once, with a page. What is not seen yet gets no animation frames: none is waited for.
 */
export function useReady(): void {
  const ask = useAskNow();
  useEffect(() => {
    ask("window_ready", {}).catch(() => undefined);
  }, [ask]);
}
