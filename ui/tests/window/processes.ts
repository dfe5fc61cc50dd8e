// The processes that work on one data folder or one display, by what stands in their environment.
import { readdir, readFile } from "node:fs/promises";

/** A process under way. */
export interface Process {
  pid: number;
  /** The first 15 letters of its program's name, as the system keeps it. */
  name: string;
}

/** All that have this entry in their environment; one that has just gone is left out. */
export async function processesWith(entry: string): Promise<Process[]> {
  const found: Process[] = [];
  for (const pid of await readdir("/proc")) {
    if (!/^\d+$/u.test(pid)) continue;
    const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
    if (!environment.split("\0").includes(entry)) continue;
    const name = await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "");
    found.push({ pid: Number(pid), name: name.trim() });
  }
  return found;
}
