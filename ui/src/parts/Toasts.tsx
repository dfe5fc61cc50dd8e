// Messages as Fluent's toasts.
import {
  Link,
  Toast,
  ToastBody,
  Toaster,
  ToastFooter,
  ToastTitle,
  ToastTrigger,
  useId,
  useToastController,
} from "@fluentui/react-components";
import { useEffect, useRef } from "react";

import type { NumberedNotice } from "./notify";

/**
 * Lets the Tab key out of a message again. Fluent keeps it there until Escape, and for ever where there is
 * nothing to press (WCAG 2.1.2); here only what can be pressed is a stop on the way.
 */
function release(message: HTMLElement | null): void {
  message?.closest("[role=listitem]")?.removeAttribute("data-tabster");
}

/** Shows each message once. */
export function Toasts({ notices }: { notices: readonly NumberedNotice[] }) {
  const toaster = useId("notices");
  const { dispatchToast } = useToastController(toaster);
  const shown = useRef(0);
  useEffect(() => {
    for (const { number, intent, title, body, action } of notices) {
      if (number <= shown.current) continue;
      shown.current = number;
      dispatchToast(
        <Toast ref={release}>
          <ToastTitle>{title}</ToastTitle>
          {body !== undefined && <ToastBody>{body}</ToastBody>}
          {action !== undefined && (
            <ToastFooter>
              <ToastTrigger>
                <Link onClick={action.run}>{action.text}</Link>
              </ToastTrigger>
            </ToastFooter>
          )}
        </Toast>,
        // What went wrong stays until it was read; Delete dismisses it.
        { intent, timeout: intent === "error" ? 15_000 : 6_000, root: { tabIndex: -1 } },
      );
    }
  }, [notices, dispatchToast]);
  return <Toaster toasterId={toaster} position="bottom-end" pauseOnHover pauseOnWindowBlur />;
}
