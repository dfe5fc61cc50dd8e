// The refresh of everything as it goes or as it was last: as it was read, moved on by the events that came since.
import { useState } from "react";

import { type Failure, type Refresh, type SystemStatus, useAsk, useEvent } from "../../../api";

/** What was done last, and the refresh in it. */
export interface Refreshing {
  /** What everything that runs did last, once it is known. */
  status: SystemStatus | undefined;
  error: Failure | null;
  refetch: () => void;
  /** The refresh that goes on or that was last; null: there was none. */
  refresh: Refresh | null;
  /** Whether it goes on. */
  going: boolean;
}

/** Reads the status of the system, and hears how its refresh goes on. */
export function useRefresh(): Refreshing {
  const { data: status, error, refetch } = useAsk("system_status", {});
  const [heard, setHeard] = useState<Refresh | null>(null);
  useEvent("refresh", setHeard);
  const read = status?.refresh ?? null;
  const live = heard !== null && isNewer(heard, read);
  const refresh = live ? heard : read;
  // What was read without an end may be of a process that died: then its row says that it does not go on.
  const row = status?.processes.find(({ kind }) => kind === "refresh");
  const going = refresh !== null && refresh.finished_at === null && (live || row?.status === "processing");
  return { status, error, refetch: () => void refetch(), refresh, going };
}

/** Whether what was heard says more than what was read: events may be late, and the last one may be lost. */
function isNewer(heard: Refresh, read: Refresh | null): boolean {
  if (read === null) return true;
  const [one, other] = [Date.parse(heard.started_at), Date.parse(read.started_at)];
  return one > other || (one === other && read.finished_at === null);
}
