// How pages ask: `useAsk` for what only reads, `useTell` for what changes something, `useAskNow` for one
// question in a handler.
import {
  keepPreviousData,
  useMutation,
  type UseMutationResult,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from "@tanstack/react-query";
import { useCallback, useEffect, useEffectEvent } from "react";

import type { Failure } from "../bindings";
import { askAhead, askHost, question } from "./ask";
import type { Answer, AnyEvent, Command, EventData, Request } from "./commands";
import { showing } from "./ground";
import { useGround } from "./provider";
import { changes, type Read } from "./reads";

/** A typed question to the host. */
export type Ask = <C extends Command>(command: C, request: Request<C>) => Promise<Answer<C>>;

/** Asks once, from a handler: native dialogs, downloads. Rejected with a `Failure`. */
export function useAskNow(): Ask {
  const { host } = useGround();
  return useCallback((command, request) => askHost(host, command, request), [host]);
}

/** How a question is kept. */
export interface AskOptions {
  /** Whether to ask at all; the default is yes. */
  enabled?: boolean;
  /** Whether the former answer stays while another request is answered (searches, paging). */
  keep?: boolean;
}

/** The answer to a command that only reads; asked again when something that it shows has changed. */
export function useAsk<C extends Read>(
  command: C,
  request: Request<C>,
  { enabled = true, keep = false }: AskOptions = {},
): UseQueryResult<Answer<C>> {
  const { host } = useGround();
  return useQuery<Answer<C>>({
    ...question(host, command, request),
    enabled,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
}

/** Asks for what a page that comes next will show; once, and whatever goes wrong is for that page to say. */
export function useAhead<C extends Read>(command: C, request: Request<C>): void {
  const ground = useGround();
  const look = useEffectEvent(() => {
    void askAhead(ground, command, request);
  });
  useEffect(() => {
    look();
  }, []);
}

/** A command that changes something. Afterwards all that shows it is asked again. */
export function useTell<C extends Command>(command: C): UseMutationResult<Answer<C>, Failure, Request<C>> {
  const ask = useAskNow();
  const cache = useQueryClient();
  return useMutation<Answer<C>, Failure, Request<C>>({
    mutationKey: [command],
    mutationFn: (request) => ask(command, request),
    onSettled: () => {
      // Not awaited: the form may close before every list behind it is read again.
      void cache.invalidateQueries({ predicate: showing(changes(command)) });
    },
  });
}

/** Puts an answer into the cache, for example the row that a command gave back. */
export function useKeep(): <C extends Read>(command: C, request: Request<C>, answer: Answer<C>) => void {
  const cache = useQueryClient();
  return useCallback(
    (command, request, answer) => {
      cache.setQueryData([command, request], answer);
    },
    [cache],
  );
}

/** Hears one kind of event as long as the component is there. */
export function useEvent<E extends AnyEvent["event"]>(name: E, handler: (data: EventData<E>) => void): void {
  const { host } = useGround();
  const heard = useEffectEvent(handler);
  useEffect(
    () =>
      host.listen(({ event, data }) => {
        if (event === name) heard(data as EventData<E>);
      }),
    [host, name],
  );
}
