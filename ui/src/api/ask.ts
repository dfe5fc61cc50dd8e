// A question to the host, and the cache that keeps its answers.
import { QueryClient } from "@tanstack/react-query";

import type { Host } from "../host";
import { type Answer, asFailure, type Command, type Request } from "./commands";
import type { Read } from "./reads";

/** Asks the host once. Rejected with a `Failure`. */
export async function askHost<C extends Command>(host: Host, command: C, request: Request<C>): Promise<Answer<C>> {
  try {
    return (await host.ask(command, request)) as Answer<C>;
  } catch (error) {
    throw asFailure(error);
  }
}

/** A question whose answer the cache keeps. */
export function question<C extends Read>(host: Host, command: C, request: Request<C>) {
  return { queryKey: [command, request], queryFn: () => askHost(host, command, request) };
}

/** An empty cache. */
export function makeCache(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The engine is on this computer and says when something changed: nothing grows old by time, and
      // there is no network between.
      queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

/** Asks for an answer that will be needed; `undefined` where there is none, which is for whoever needs it to say. */
export function askAhead<C extends Read>(
  cache: QueryClient,
  host: Host,
  command: C,
  request: Request<C>,
): Promise<Answer<C> | undefined> {
  return cache.fetchQuery<Answer<C>>(question(host, command, request)).catch(() => undefined);
}
