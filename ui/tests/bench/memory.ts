// How much memory a window takes: its own program, the one that it starts, and those of the web view.
import { readdir, readFile } from "node:fs/promises";

/** Proportional memory in MiB, by program, of all that have this entry in their environment. */
export async function memoryOf(entry: string): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const pid of await readdir("/proc")) {
    const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    if (!environment.split("\0").includes(entry)) continue;
    const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
    const kilobytes = Number(/^Pss:\s+(\d+) kB/mu.exec(rollup)?.[1] ?? 0);
    if (kilobytes > 0) found.set(name.trim(), (found.get(name.trim()) ?? 0) + kilobytes / 1024);
  }
  return found;
}
