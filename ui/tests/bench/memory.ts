// How much memory a window takes: its own program, the one that it starts, and those of the web view.
import { readFile } from "node:fs/promises";
import { processesWith } from "../window/processes";

/** Proportional memory in MiB, by program, of all that have this entry in their environment. */
export async function memoryOf(entry: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { pid, name } of await processesWith(entry)) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    const kilobytes = Number(/^Pss:\s+(\d+) kB/mu.exec(rollup)?.[1] ?? 0);
    if (kilobytes > 0) found.set(name, (found.get(name) ?? 0) + kilobytes / 1024);
  }
  return found;
}
