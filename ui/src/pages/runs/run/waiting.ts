// What a run waits for. The engine says it in English; its three sentences are known here, so that they
// can be said in the language that is shown.

/** What a run waits for. */
export type Waiting = { for: "line" } | { for: "account"; seconds: number } | { for: "other" };

/** Reads what the engine says; `null`: it works. */
export function readWaiting(words: string): Waiting | null {
  if (words === "") return null;
  if (words.startsWith("another export of the same account")) return { for: "line" };
  const seconds = /the next try is in (\d+) s/u.exec(words)?.[1];
  return seconds === undefined ? { for: "other" } : { for: "account", seconds: Number(seconds) };
}
