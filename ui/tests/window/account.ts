// An account to send to, and people to send: the sandbox of Segue, started as anybody can start it.
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { type Home, program } from "./stage";

const execute = promisify(execFile);

/** The products that it has an account of. */
export type Product = "autopilot" | "ortto";

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

  /** What goes wrong in it from now on. */
  async faults(faults: object): Promise<void> {
    const reply = await fetch(`${this.origin}/_sandbox/faults`, { method: "PUT", body: JSON.stringify(faults) });
    if (!reply.ok) throw new Error(`The sandbox answers ${reply.status}: ${await reply.text()}`);
  }

  /** What is in the account. */
  async contents(): Promise<{ contacts: unknown[]; lists: { title: string; members: unknown[] }[] }> {
    const reply = await fetch(`${this.origin}/_sandbox/account`);
    return (await reply.json()) as { contacts: unknown[]; lists: { title: string; members: unknown[] }[] };
  }

  /** How many people are in the account of a product, and what its lists or tags are called. */
  async held(product: Product): Promise<{ people: number; lists: string[] }> {
    if (product === "autopilot") {
      const { contacts, lists } = await this.contents();
      return { people: contacts.length, lists: lists.map(({ title }) => title) };
    }
    const reply = await fetch(`${this.origin}/_sandbox/ortto`);
    const { people, tags } = (await reply.json()) as { people: unknown[]; tags: { name: string }[] };
    return { people: people.length, lists: tags.map(({ name }) => name) };
  }

  /** How many requests it heard that write something. Ortto is asked by POST as well. */
  async writes(): Promise<number> {
    const heard = await this.requests();
    return heard.filter(({ method, path }) =>
      path.startsWith("/v1/person") || path.startsWith("/v1/tags") ? path === "/v1/person/merge" : method !== "GET",
    ).length;
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

/** Exit codes of a command that did what it was told: 0, and 3 where some people were refused (cli.md). */
const DONE = new Set([0, 3]);

/** Runs `segue` over the data folder of this home; more of the environment may come last. */
export async function segue(home: Home, ...words: (string | Record<string, string>)[]): Promise<string> {
  const args = words.filter((word) => typeof word === "string");
  const more = words.filter((word) => typeof word !== "string");
  const env = Object.assign({}, home.env(), ...more) as Record<string, string>;
  return execute(program("segue"), args, { env, maxBuffer: 1 << 28 }).then(
    ({ stdout }) => stdout,
    (error: { code?: number; stdout?: string; stderr?: string }) => {
      if (error.stdout !== undefined && DONE.has(error.code ?? -1)) return error.stdout;
      throw new Error(`segue ${args.join(" ")} ended with ${String(error.code)}: ${error.stderr ?? ""}`);
    },
  );
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
