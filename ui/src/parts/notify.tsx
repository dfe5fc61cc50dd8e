// A message at the edge of the window about something that was done, and what can be done next.
import {
  Link,
  Toast,
  ToastBody,
  ToastFooter,
  ToastTitle,
  Toaster,
  type ToastIntent,
  ToastTrigger,
  useToastController,
} from "@fluentui/react-components";
import { useCallback } from "react";

const TOASTER = "notices";

/** What is said. */
export interface Notice {
  intent: ToastIntent;
  /** One sentence. */
  title: string;
  body?: string;
  /** One verb, and what it does. */
  action?: { text: string; run: () => void };
}

/** Where messages appear. */
export function Notices() {
  return <Toaster toasterId={TOASTER} position="bottom-end" timeout={6000} pauseOnHover pauseOnWindowBlur />;
}

/** Shows a message. */
export function useNotify(): (notice: Notice) => void {
  const { dispatchToast } = useToastController(TOASTER);
  return useCallback(
    ({ intent, title, body, action }) => {
      dispatchToast(
        <Toast>
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
        // What went wrong stays until it was read; it can be dismissed with Delete.
        { intent, ...(intent === "error" ? { timeout: 15_000 } : {}) },
      );
    },
    [dispatchToast],
  );
}
