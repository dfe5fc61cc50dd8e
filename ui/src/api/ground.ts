// What pages ask and hear by: a host, the cache of its answers, which is kept true as events come in, and how far runs are.
import { type Query, QueryClient } from "@tanstack/react-query";

import type { Noun, Refresh, ScheduleView } from "../bindings";
import type { Host } from "../host";
import type { AnyEvent } from "./commands";
import { Progresses } from "./progress";
import { shows } from "./reads";

/** A host and what was heard from it. */
export interface Ground {
  host: Host;
  cache: QueryClient;
  progresses: Progresses;
}

/** Opens a host: whatever it tells from now on is heard, so that no answer is older than it seems. */
export function openHost(host: Host): Ground {
  const cache = new QueryClient({
    defaultOptions: {
      // The engine is on this computer and says when something changed: nothing grows old by time, and
      // there is no network between.
      queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
  const progresses = new Progresses();
  host.listen((event) => {
    hear(event as AnyEvent, cache, progresses);
  });
  return { host, cache, progresses };
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
