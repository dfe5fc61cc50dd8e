// Long lists that the engine gives in parts: only the parts in view are asked for.
import { useQueries, type UseQueryResult } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";

import type { Failure, Part } from "../bindings";
import type { Answer, Request } from "./commands";
import { useAskNow } from "./hooks";
import type { Read } from "./reads";

/** A command that answers with part of a list. */
export type Paged = {
  [C in Read]: Request<C> extends { part: Part } ? (Answer<C> extends { rows: unknown[]; total: number } ? C : never) : never;
}[Read];

/** The type of a row in the answer to a paged command. */
export type RowOf<C extends Paged> = Answer<C> extends { rows: (infer R)[] } ? R : never;

/** A list in parts, as a table takes it. */
export interface Rows<R> {
  /** Rows in all; of the former question while another is answered. */
  count: number;
  /** A row, where it is there already. */
  at: (index: number) => R | undefined;
  /** Tells which rows are in view. */
  show: (first: number, last: number) => void;
  /** Whether nothing was answered yet. */
  pending: boolean;
  /** Whether what is seen is of the former question. */
  stale: boolean;
  /** Why nothing can be shown. */
  error: Failure | null;
  /** Asks again. */
  again: () => void;
}

const SIZE = 100;

/** The rows of a long list; `request` is the request without its part. */
export function useRows<C extends Paged>(command: C, request: Omit<Request<C>, "part">): Rows<RowOf<C>> {
  type R = RowOf<C>;
  const ask = useAskNow();
  const key = JSON.stringify(request);
  const [view, setView] = useState({ key, first: 0, last: 0 });
  // Another question starts from its first part, whatever was in view before.
  const { first, last } = view.key === key ? view : { first: 0, last: 0 };
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const parts: UseQueryResult<{ rows: R[]; total: number }>[] = useQueries({
    queries: numbers.map((number) => {
      const whole = { ...request, part: { offset: number * SIZE, limit: SIZE } } as unknown as Request<C>;
      return {
        queryKey: [command, whole],
        queryFn: async () => (await ask(command, whole)) as unknown as { rows: R[]; total: number },
      };
    }),
  });
  const here = parts.find((part) => part.data !== undefined)?.data;
  const former = useRef<{ rows: Map<number, R[]>; total: number }>({ rows: new Map(), total: 0 });
  const current = useMemo(() => {
    const rows = new Map<number, R[]>();
    parts.forEach((part, index) => {
      if (part.data !== undefined) rows.set(first + index, part.data.rows);
    });
    return { rows, total: here?.total ?? 0 };
    // The list of queries is a new one at each render; what counts is what they hold.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [first, here, ...parts.map((part) => part.data)]);
  const shown = here === undefined ? former.current : current;
  if (here !== undefined) former.current = current;
  const at = useCallback((index: number) => shown.rows.get(Math.floor(index / SIZE))?.[index % SIZE], [shown]);
  const show = useCallback(
    (from: number, to: number) => {
      const [lower, upper] = [Math.floor(from / SIZE), Math.floor(Math.max(from, to) / SIZE)];
      setView((old) =>
        old.key === key && old.first === lower && old.last === upper ? old : { key, first: lower, last: upper },
      );
    },
    [key],
  );
  const again = useCallback(() => {
    for (const part of parts) void part.refetch();
  }, [parts]);
  const failed = parts.find((part) => part.error !== null);
  return {
    count: shown.total,
    at,
    show,
    pending: here === undefined && former.current.rows.size === 0 && failed === undefined,
    stale: here === undefined && former.current.rows.size > 0,
    error: here === undefined ? (failed?.error ?? null) : null,
    again,
  };
}
