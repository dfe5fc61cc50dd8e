// A question to the host, whose answer the cache may keep.
import type { Host } from "../host";
import { type Answer, asFailure, type Command, type Request } from "./commands";
import type { Ground } from "./ground";
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

/** Asks for an answer that will be needed; `undefined` where there is none, which is for whoever needs it to say. */
export function askAhead<C extends Read>(
  { host, cache }: Ground,
  command: C,
  request: Request<C>,
): Promise<Answer<C> | undefined> {
  return cache.fetchQuery<Answer<C>>(question(host, command, request)).catch(() => undefined);
}
