// Nobody is asked but the account that a test has set up: where the tests run in a network of their own
// (`alone`), a listener hears every packet, and a single one to another computer fails them.
import { spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { turn } from "./programs";

/** An address for documentation (RFC 5737): nobody has it. */
const PROBE = "192.0.2.1";

/** Starts listening before the tests; what it gives is called after them. */
export default async function trap(): Promise<(() => void) | undefined> {
  if (process.env["SEGUE_ALONE"] === undefined) return undefined;
  const ears = spawn("python3", [join(import.meta.dirname, "trap.py")], { stdio: ["ignore", "pipe", "inherit"] });
  const heard: string[] = [];
  const lines = createInterface({ input: ears.stdout });
  await once(lines, "line");
  lines.on("line", (line) => heard.push(line));

  // It does hear.
  const probe = createSocket("udp4");
  probe.send("probe", 9, PROBE);
  for (let tries = 0; heard.length === 0 && tries < 400; tries += 1) await turn();
  probe.close();
  if (heard.length === 0) throw new Error("The listener does not hear what is sent to another computer.");
  return () => {
    ears.kill();
    const others = [...new Set(heard)].filter((line) => !line.startsWith(`${PROBE} `));
    if (others.length > 0) throw new Error(`Somebody was asked whom no test set up: ${others.join(", ")}`);
  };
}
