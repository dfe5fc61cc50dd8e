// A data folder that has been worked with for a while: customers, segments, exports, and a history of runs.
// Everything in it is made by Segue itself, over the made-up account; only the days are moved back.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Account, segue } from "./account";
import type { Home } from "./stage";
import type { Language } from "./words";

/** What things are called in it. */
export interface Names {
  audience: string;
  connection: string;
  club: string;
  gold: string;
  hikers: string;
  lapsed: string;
  newsletter: string;
  trips: string;
  winBack: string;
}

const NAMES: Record<Language, Names> = {
  en: {
    audience: "Ljungvidde customers",
    connection: "Ljungvidde",
    club: "Club members",
    gold: "Gold tier",
    hikers: "Mountain hikers",
    lapsed: "Lapsed customers",
    newsletter: "Club newsletter",
    trips: "Mountain trips",
    winBack: "Win-back, autumn",
  },
  sv: {
    audience: "Ljungviddes kunder",
    connection: "Ljungvidde",
    club: "Klubbmedlemmar",
    gold: "Guldnivå",
    hikers: "Fjällvandrare",
    lapsed: "Tidigare kunder",
    newsletter: "Klubbrevet",
    trips: "Fjällresor",
    winBack: "Kom tillbaka, hösten",
  },
};

/** Names for a window in this language. */
export function names(language: Language): Names {
  return NAMES[language];
}

/** The same, each of 200 characters, as somebody might paste them. */
export function longNames(): Names {
  const long = (name: string): string => `${name} ${"Fjällvandringsutrustningsförsäljning ".repeat(6)}`.slice(0, 199) + "Z";
  return Object.fromEntries(Object.entries(NAMES.sv).map(([key, name]) => [key, long(name)])) as unknown as Names;
}

const FIRST = ["Ebba", "Oskar", "Saga", "Sindre", "Alva", "Åke", "Zoë", "Björn", "Maja", "Tor", "Iben", "Noor"];
const LAST = ["Lindqvist", "Hedlund", "Nyström", "Haugen", "Rosén", "Öberg", "Dahl", "Aune", "Falk", "Wiik", "Sund"];
const CITIES = ["Umeå", "Östersund", "Tromsø", "Røros", "Kiruna"];

/** The customers on the day with this number, counted from 0: some are new, some have moved, some are no longer what they were. */
function customers(day: number, count: number): string {
  const rows = ["CustomerId,EMail,FirstName,LastName,City,Loyalty Tier,Club,Last Purchase,Email Subscriber"];
  for (let at = 0; at < count + day * 17; at += 1) {
    const email = at % 61 === 9 ? "post.example" : at % 89 === 5 ? "" : `${at % 2 ? "post" : "mail"}${at}@ljungvidde.example`;
    const city = CITIES[(at + (at % 37 === day ? 1 : 0)) % CITIES.length] ?? "";
    const club = at % 3 === 0 && at % 41 !== day ? "yes" : "no";
    const lapsed = at % 5 === 1 && (day < 6 || at % 3 === 0);
    const year = lapsed ? "2024" : "2026";
    rows.push(
      `L${String(at).padStart(6, "0")},${email},${FIRST[at % 12] ?? ""},${LAST[at % 11] ?? ""},${city},` +
        `${at % 7 === 0 ? "Gold" : "Blue"},${club},${year}-0${(at % 9) + 1}-1${at % 10},${at % 23 === 4 ? "no" : "yes"}`,
    );
  }
  return `${rows.join("\n")}\n`;
}

/** Moves everything that has happened so far one day back. */
function dayBefore(home: Home): void {
  const database = new DatabaseSync(join(home.data, "segue.db"));
  const back = (table: string, columns: string[]): string =>
    `UPDATE ${table} SET ${columns.map((one) => `${one} = strftime('%Y-%m-%dT%H:%M:%SZ', ${one}, '-1 day')`).join(", ")}`;
  database.exec(back("run", ["started_at", "planned_at", "finished_at"]));
  database.exec(back("receipt", ["accepted_at"]));
  database.exec(back("attempt", ["begun_at", "ended_at"]));
  database.exec(`${back("segment_size", ["counted_at"])}, day = date(day, '-1 day')`);
  for (const table of ["audience", "segment", "connection", "export"]) database.exec(back(table, ["created_at"]));
  database.close();
}

/** Who walks in the mountains, as the builder shows it: two rules, the second of which takes away. */
const HIKERS = {
  rowsets: [
    {
      criteria: {
        logicalOperator: "and",
        childCriterias: [
          { attribute: "City", comparisonOperator: "isIn", listOfValues: ["Kiruna", "Røros"] },
          { attribute: "Last Purchase", comparisonOperator: "greaterThanOrEqualTo", value: "2024-03-01" },
        ],
      },
    },
    {
      rowsetOperation: "except",
      criteria: { attribute: "Loyalty Tier", comparisonOperator: "equals", value: "Gold" },
    },
  ],
};

/** Makes it; `count` customers, and so many days of runs. The account has faults, as accounts do. */
export async function world(home: Home, account: Account, n: Names, count = 2400, days = 6): Promise<void> {
  const file = join(home.folder, "customers.csv");
  const put = (day: number): Promise<void> => writeFile(file, customers(day, count));
  await put(0);
  await segue(home, "audience", "add", "files", n.audience, file);
  const segment = (name: string, where: string): Promise<string> =>
    segue(home, "segment", "add", name, "--audience", n.audience, "--where", where);
  await segment(n.club, "Club = 'yes'");
  await segment(n.gold, `"Loyalty Tier" = 'Gold'`);
  const rule = join(home.folder, "hikers.json");
  await writeFile(rule, JSON.stringify(HIKERS));
  await segue(home, "segment", "add", n.hikers, "--audience", n.audience, "--rule", rule);
  await segment(n.lapsed, `"Last Purchase" < DATE '2025-01-01'`);

  const to = ["--agree", "--base-url", account.origin, "--rate", "0", "--contract-size", "5000"];
  await segue(home, "connection", "add", "autopilot", n.connection, ...to, { SEGUE_API_KEY: account.key });
  const from = ["--connection", n.connection, "--audience", n.audience, "--only-if", "Email Subscriber=yes"];
  const matches = ["Email=EMail", "FirstName=FirstName", "LastName=LastName", "custom:Tier=Loyalty Tier"];
  const all = [...from, ...matches.flatMap((one) => ["--match", one])];
  const add = (name: string, ...segments: string[]): Promise<string> =>
    segue(home, "export", "add", name, ...all, ...segments.flatMap((one) => ["--segment", one]));
  const faults = { custom_fields: [{ fieldType: "string", name: "Tier" }] };
  await account.faults(faults);
  await add(n.newsletter, n.club, n.gold);
  await add(n.trips, n.hikers);
  await add(n.winBack, n.lapsed);
  await account.faults({ ...faults, bad_row: "silent", bad_addresses: ["mail42@ljungvidde.example", "post147@ljungvidde.example"] });
  for (let day = 0; day <= days; day += 1) {
    if (day > 0) dayBefore(home);
    await put(day);
    for (const name of [n.club, n.gold, n.hikers, n.lapsed]) await segue(home, "segment", "count", name);
    const due = day === days ? [n.trips, n.winBack, n.newsletter] : [n.winBack, n.trips, n.newsletter];
    for (const name of day % 2 === 0 ? due : due.slice(1)) await segue(home, "export", "run", name);
  }
  // Since the last run something has changed, so that there is something to preview.
  await put(days + 1);
}
