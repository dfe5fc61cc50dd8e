// Gives the pages a host and the cache of its answers, and keeps that true as events come in.
import { type Query, type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useState } from "react";

import type { Noun, Refresh, ScheduleView } from "../bindings";
import type { Host } from "../host";
import type { AnyEvent } from "./commands";
import { Progresses } from "./progress";
import { shows } from "./reads";

interface Ground {
  host: Host;
  progresses: Progresses;
}

const GroundContext = createContext<Ground | null>(null);

/** The host and what was heard from it. */
export function useGround(): Ground {
  const ground = use(GroundContext);
  if (ground === null) throw new Error("There is no host above this component.");
  return ground;
}

/** A predicate for queries whose answers show one of these kinds of objects. */
export function showing(changed: readonly Noun[]): (query: Query) => boolean {
  return ({ queryKey: [command] }) => shows(String(command), changed);
}

function hear(event: AnyEvent, cache: QueryClient, progresses: Progresses): void {
  switch (event.event) {
    case "run_progress":
      progresses.set(event.data);
      break;
    case "run_ended":
      progresses.end(event.data.id);
      void cache.invalidateQueries({ predicate: showing(["runs", "exports"]) });
      break;
    case "refresh":
      refreshed(event.data, cache);
      break;
    case "changed":
      void cache.invalidateQueries({ predicate: showing(event.data.what) });
      break;
    default:
  }
}

/** How far a refresh is stands in the answer that is there; only its end is worth another question. */
function refreshed(refresh: Refresh, cache: QueryClient): void {
  cache.setQueryData<ScheduleView>(["schedule_get", {}], (old) => (old === undefined ? old : { ...old, last: refresh }));
  if (refresh.finished_at !== null) {
    void cache.invalidateQueries({ predicate: showing(["schedules", "audiences", "segments"]) });
  }
}

/** Everything below can ask this host, and finds in the cache what was answered already. */
export function ApiProvider({ host, cache, children }: { host: Host; cache: QueryClient; children: ReactNode }) {
  const [ground] = useState(() => ({ host, progresses: new Progresses() }));
  useEffect(
    () =>
      host.listen((event) => {
        hear(event as AnyEvent, cache, ground.progresses);
      }),
    [host, cache, ground],
  );
  return (
    <GroundContext value={ground}>
      <QueryClientProvider client={cache}>{children}</QueryClientProvider>
    </GroundContext>
  );
}
