// An account to send to, and people to send: the sandbox of Segue, started as anybody can start it.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { type Home, program } from "./stage";

const execute = promisify(execFile);

/** The sandbox under way. */
export class Account {
  private constructor(
    private readonly child: ChildProcess,
    readonly origin: string,
    readonly key: string,
  ) {}

  static async start(...options: string[]): Promise<Account> {
    const child = spawn(program("segue"), ["sandbox", ...options], { stdio: ["ignore", "pipe", "inherit"] });
    if (child.stdout === null) throw new Error("The sandbox says nothing.");
    const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
    const said = /listening on (\S+), API key (\S+)/u.exec(line);
    if (said?.[1] === undefined || said[2] === undefined) throw new Error(`The sandbox says: ${line}`);
    return new Account(child, said[1], said[2]);
  }

  stop(): void {
    this.child.kill("SIGKILL");
  }

  /** What is in the account. */
  async contents(): Promise<{ contacts: unknown[]; lists: { title: string; members: unknown[] }[] }> {
    const reply = await fetch(`${this.origin}/_sandbox/account`);
    return (await reply.json()) as { contacts: unknown[]; lists: { title: string; members: unknown[] }[] };
  }

  /** Requests that it heard. */
  async requests(): Promise<{ method: string; path: string }[]> {
    const lines = await fetch(`${this.origin}/_sandbox/record`).then((reply) => reply.text());
    return lines
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as { method: string; path: string });
  }
}

/** Runs `segue` over the data folder of this home. */
export async function segue(home: Home, ...args: string[]): Promise<string> {
  const { stdout } = await execute(program("segue"), args, { env: home.env(), maxBuffer: 1 << 28 });
  return stdout;
}

const FIRST = ["Ebba", "Oskar", "Saga", "Sindre", "Alva", "Åke", "Zoë", "Björn"];
const LAST = ["Lindqvist", "Hedlund", "Nyström", "Haugen", "Rosén", "Öberg", "Dahl"];

/** Writes so many made-up customers; one in fifty has no usable address. */
export async function customers(home: Home, count: number, file = "customers.csv"): Promise<string> {
  const rows = ["CustomerId,EMail,FirstName,LastName,City,Loyalty Tier,Email Subscriber"];
  for (let at = 0; at < count; at += 1) {
    const first = FIRST[at % FIRST.length] ?? "";
    const last = LAST[at % LAST.length] ?? "";
    const email = at % 50 === 7 ? "no address" : `person${at}@post.example`;
    const city = at % 3 === 0 ? "Umeå" : "Tromsø";
    rows.push(`C${String(at).padStart(6, "0")},${email},${first},${last},${city},${at % 2 ? "Gold" : "Silver"},yes`);
  }
  const path = join(home.folder, file);
  await writeFile(path, `${rows.join("\n")}\n`);
  return path;
}

/** An audience and two segments, as somebody who works with Segue has them. */
export async function data(home: Home, count = 300): Promise<void> {
  const path = await customers(home, count);
  await segue(home, "audience", "add", "files", "Ljungvidde customers", path);
  await segue(home, "segment", "add", "Club members", "--audience", "Ljungvidde customers", "--where", "City = 'Umeå'");
  await segue(home, "segment", "add", "Gold", "--audience", "Ljungvidde customers", "--where", `"Loyalty Tier" = 'Gold'`);
}
