// The run as it stands, and what is said aloud of it.
import { useEffect, useRef, useState } from "react";

import { type RunDetail, useAsk, useEvent } from "../../../api";

/** How often a run under way is read again: another process may execute it, and then no event comes. */
const EVERY = 1_000;

/** Whether a run has come to an end, for good or for now. */
export function isOver(status: RunDetail["run"]["status"]): boolean {
  return status !== "queued" && status !== "processing" && status !== "not_started";
}

/** The run, read again and again while it is under way. Events only say that it is worth a look. */
export function useRunDetail(id: string) {
  const answer = useAsk("run_get", { id });
  const { refetch } = answer;
  const under = answer.data !== undefined && !isOver(answer.data.run.status);
  const looked = useRef(0);
  const look = () => {
    looked.current = Date.now();
    // A question that is on its way already is enough.
    void refetch({ cancelRefetch: false });
  };
  useEvent("run_progress", (progress) => {
    if (progress.run === id && under && Date.now() - looked.current >= EVERY / 2) look();
  });
  useEvent("run_ended", (run) => {
    if (run.id === id) look();
  });
  useEffect(() => {
    if (!under) return;
    const timer = setInterval(() => {
      void refetch({ cancelRefetch: false });
    }, EVERY);
    return () => {
      clearInterval(timer);
    };
  }, [under, refetch]);
  return answer;
}

/** The latest sentence, but never a new one before so many milliseconds have passed. */
export function useSlowly(sentence: string, every = 10_000): string {
  const [said, setSaid] = useState(sentence);
  const last = useRef(0);
  useEffect(() => {
    if (sentence === said) return;
    const wait = Math.max(0, last.current + every - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSaid(sentence);
    }, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [sentence, said, every]);
  return said;
}
