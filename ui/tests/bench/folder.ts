// A data folder that has been in use for long: 50 exports, 1,000 runs, and one run of 100,000 people.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Account, segue } from "../window/account";
import type { Home } from "../window/stage";

/** How many people the large run has. */
export const PEOPLE = 100_000;
const EXPORTS = 50;
const RUNS = 1_000;

/** Makes it. */
export async function longUsed(home: Home, account: Account): Promise<void> {
  const file = join(home.folder, "customers.csv");
  const rows = Array.from({ length: PEOPLE }, (_, at) => `C${at},person${at}@post.example,First${at % 977},City${at % 50}`);
  await writeFile(file, `CustomerId,EMail,FirstName,City\n${rows.join("\n")}\n`);
  await segue(home, "audience", "add", "files", "Customers", file);
  await segue(home, "segment", "add", "All", "--audience", "Customers", "--where", "TRUE");
  const to = ["--agree", "--base-url", account.origin, "--rate", "0"];
  await segue(home, "connection", "add", "autopilot", "Account", ...to, { SEGUE_API_KEY: account.key });
  const from = ["--connection", "Account", "--audience", "Customers", "--match", "Email=EMail", "--segment", "All"];
  for (let number = 1; number <= EXPORTS; number += 1) {
    await segue(home, "export", "add", `Export ${String(number).padStart(2, "0")}`, ...from);
  }
  await segue(home, "export", "run", "Export 01");
  // Older runs, as rows of the history before it: what they did stands in the row itself.
  const database = new DatabaseSync(join(home.data, "segue.db"));
  const columns = (database.prepare("SELECT name FROM pragma_table_info('run')").all() as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => !["no", "id", "export_id", "export_name", "started_at", "finished_at"].includes(name));
  const copy = database.prepare(
    `INSERT INTO run (no, id, export_id, export_name, started_at, finished_at, ${columns.join(", ")})
     SELECT ?4, ?1, export.id, export.name, ?2, ?2, ${columns.map((name) => `run.${name}`).join(", ")}
     FROM run, export WHERE run.no = (SELECT min(no) FROM run) AND export.name = ?3`,
  );
  database.exec("BEGIN");
  for (let number = 1; number < RUNS; number += 1) {
    const at = new Date(Date.now() - (RUNS - number) * 3_600_000).toISOString().replace(/\.\d+Z$/u, "Z");
    const name = `Export ${String((number % (EXPORTS - 1)) + 2).padStart(2, "0")}`;
    copy.run(`00000000-0000-7000-8000-${String(number).padStart(12, "0")}`, at, name, number - RUNS);
  }
  database.exec("COMMIT");
  database.close();
  await rm(join(home.data, "logs"), { recursive: true, force: true });
}
