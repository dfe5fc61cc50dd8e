// The focus goes back to where it was when a dialog or pane closes, as a reader of screens expects.
import { useEffect, useState } from "react";

/** What had the focus; for an entry of a menu, the button that opened the menu. */
function holder(): Element | null {
  const active = document.activeElement;
  const trigger = active?.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return trigger === null || trigger === undefined ? active : document.getElementById(trigger);
}

/** Use it in a component that is there exactly as long as its dialog. */
export function useReturnFocus(): void {
  // The first render comes before the dialog takes the focus.
  const [before] = useState(holder);
  useEffect(
    () => () => {
      // Whoever closed it may have moved the focus already, for example to another page.
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const target = before?.isConnected === true && before !== document.body ? before : document.querySelector("main h1");
      if (target instanceof HTMLElement) target.focus();
    },
    [before],
  );
}
