// *If you ran it now*, reckoned in the background: one export after another, never beside a run, and once
// for each state of an export. It keeps the computer busy, so that it waits until the page has rested and
// while something else is being done.
import { useCallback, useEffect, useRef, useState } from "react";

import { type ExportRow, type Forecast, useAskNow } from "../../api";
import { useRested } from "../../parts";
import { isRunning } from "./rows";

/** The list stands for so many milliseconds before the first forecast: who came to do something does it first. */
export const REST = 2_000;

/** Forecasts by export, and how to ask anew. */
export interface Forecasts {
  /** What is known of an export, and whether it is being reckoned right now. */
  of: (row: ExportRow) => { forecast: Forecast | null; busy: boolean };
  /** The settings of an export are others: what was asked before does not count. */
  forget: (id: string) => void;
}

/** What a forecast follows from, as far as the list tells. */
function version(row: ExportRow): string {
  return JSON.stringify([
    row.connection?.id,
    row.audience.id,
    row.segments.map((segment) => segment.id),
    row.last_run?.id,
    row.last_run?.finished_at,
    row.forecast?.at,
  ]);
}

function fresher(a: Forecast | null, b: Forecast | undefined): Forecast | null {
  if (b === undefined || (a !== null && Date.parse(a.at) >= Date.parse(b.at))) return a;
  return b;
}

/** Reckons what is missing or outdated among these rows, in their order; nothing while it is `held`. */
export function useForecasts(rows: readonly ExportRow[] | undefined, held: boolean): Forecasts {
  const ask = useAskNow();
  const rested = useRested(REST, rows !== undefined);
  const [known, setKnown] = useState<ReadonlyMap<string, Forecast>>(new Map());
  // Another object each time: an answer that comes at once would else go by unseen.
  const [busy, setBusy] = useState<{ id: string | null }>({ id: null });
  /** The version of each export that was asked last, whatever the answer was. */
  const asked = useRef(new Map<string, string>());
  useEffect(() => {
    if (!rested || held || busy.id !== null || rows === undefined || rows.some(isRunning)) return;
    const next = rows.find(
      (row) =>
        row.connection !== null &&
        (fresher(row.forecast, known.get(row.id))?.outdated ?? true) &&
        asked.current.get(row.id) !== version(row),
    );
    if (next === undefined) return;
    const { id } = next;
    asked.current.set(id, version(next));
    setBusy({ id });
    const reckon = async () => {
      try {
        const forecast = await ask("export_forecast", { id });
        setKnown((old) => new Map(old).set(id, forecast));
      } catch {
        // The row says nothing then: its run will say why.
      } finally {
        setBusy({ id: null });
      }
    };
    void reckon();
  }, [ask, rows, busy, known, rested, held]);
  const of = useCallback(
    (row: ExportRow) => ({ forecast: fresher(row.forecast, known.get(row.id)), busy: busy.id === row.id }),
    [known, busy],
  );
  const forget = useCallback((id: string) => {
    asked.current.delete(id);
    setKnown((old) => new Map([...old].filter(([other]) => other !== id)));
  }, []);
  return { of, forget };
}
