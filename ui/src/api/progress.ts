// How far each run of this process is, by its last event. Truth is the run's row; this only moves the bar.
import { useSyncExternalStore } from "react";

import type { Progress } from "../bindings";
import { useGround } from "./provider";

/** The last progress of each run under way. */
export class Progresses {
  #byRun: ReadonlyMap<string, Progress> = new Map();
  readonly #listeners = new Set<() => void>();

  /** Keeps the last progress of a run. */
  set(progress: Progress): void {
    this.#change(new Map(this.#byRun).set(progress.run, progress));
  }

  /** A run ended: its row says the rest. */
  end(run: string): void {
    const rest = new Map(this.#byRun);
    rest.delete(run);
    this.#change(rest);
  }

  readonly all = (): ReadonlyMap<string, Progress> => this.#byRun;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #change(byRun: ReadonlyMap<string, Progress>): void {
    this.#byRun = byRun;
    for (const listener of this.#listeners) listener();
  }
}

/** How far a run is, where an event told; it renders anew only when this run moves. */
export function useProgress(run: string | undefined): Progress | undefined {
  const { progresses } = useGround();
  return useSyncExternalStore(progresses.subscribe, () => (run === undefined ? undefined : progresses.all().get(run)));
}
