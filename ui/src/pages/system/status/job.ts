// Begins the refresh of everything, or cancels it, and says what was refused.
import { useRef } from "react";

import { type Failure, useEvent, useTell } from "../../../api";
import { useErrorWords, useSay } from "../../../parts";
import { useTimer } from "../../../parts/timer";

/** An answer only says that it was heard; what comes of it is told by an event, in a second at the latest. */
const HEARD = 1_000;

/** What can be done about the refresh. Two clicks are one, also where the second comes before it has begun. */
export function useJob(): { refreshAll: () => void; cancel: () => void } {
  const say = useSay();
  const words = useErrorWords();
  const timer = useTimer();
  const refresh = useTell("refresh_now");
  const cancel = useTell("refresh_cancel");
  const busy = useRef(false);
  const free = () => {
    busy.current = false;
  };
  useEvent("refresh", free);
  const tell = ({ mutate }: typeof refresh) => {
    if (busy.current) return;
    busy.current = true;
    mutate(
      {},
      {
        onError: (failure: Failure) => {
          free();
          say(words(failure).title, "error");
        },
        onSuccess: () => {
          timer.after(HEARD, free);
        },
      },
    );
  };
  return {
    refreshAll: () => {
      tell(refresh);
    },
    cancel: () => {
      tell(cancel);
    },
  };
}
