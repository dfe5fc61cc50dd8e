// What Segue costs while it waits: its window hidden in the tray, a hundred schedules on. No test: `dev/bench` runs
// it over the release build, for ten minutes; SEGUE_IDLE_SECONDS looks for a shorter time.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Account, segue } from "../window/account";
import { Panel } from "../window/panel";
import { processesWith } from "../window/processes";
import { bus, display, end, opened, type Program, turn, webDriver } from "../window/programs";
import { Home, program } from "../window/stage";

const SCHEDULES = 100;
const SECONDS = Number(process.env["SEGUE_IDLE_SECONDS"] ?? 600);
/** Processor time of one core, in percent. */
const MOST = 0.2;
/** Ticks of the system's clock in a second, as Linux counts processor time for programs (proc(5)). */
const TICKS = 100;

let home: Home;
let account: Account;
let env: Record<string, string>;
const programs: Program[] = [];

beforeAll(async () => {
  home = await Home.make();
  account = await Account.start();
  const file = join(home.folder, "customers.csv");
  const rows = Array.from({ length: 1_000 }, (_, at) => `C${at},person${at}@post.example,First${at}`);
  await writeFile(file, `CustomerId,EMail,FirstName\n${rows.join("\n")}\n`);
  await segue(home, "audience", "add", "files", "Customers", file);
  await segue(home, "segment", "add", "All", "--audience", "Customers", "--where", "TRUE");
  const to = ["--agree", "--base-url", account.origin, "--rate", "0"];
  await segue(home, "connection", "add", "autopilot", "Account", ...to, { SEGUE_API_KEY: account.key });
  const from = ["--connection", "Account", "--audience", "Customers", "--match", "Email=EMail", "--segment", "All"];
  // Days before and after today, so that none is due while it is looked.
  const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const far = [2, 3, 4].map((ahead) => days[(new Date().getUTCDay() + ahead) % 7] ?? "").join(",");
  const zones = ["Europe/Stockholm", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"];
  for (let number = 0; number < SCHEDULES; number += 1) {
    const name = `Export ${String(number + 1).padStart(3, "0")}`;
    await segue(home, "export", "add", name, ...from);
    const at = [`${String(number % 24).padStart(2, "0")}:15`, `${String((number + 7) % 24).padStart(2, "0")}:45`];
    const when = ["--on", far, "--at", at[0] ?? "", "--at", at[1] ?? "", "--zone", zones[number % 5] ?? "UTC"];
    await segue(home, "export", "schedule", name, "--every", "week", ...when);
  }
  await segue(home, "schedule", "--every", "week", "--on", far, "--at", "08:30", "--zone", "Europe/Stockholm");
  const screen = await display(1280, 800);
  env = { ...home.env(), DISPLAY: screen.place };
  const messages = await bus(env);
  env["DBUS_SESSION_BUS_ADDRESS"] = messages.place;
  programs.push(screen, messages, await Panel.start(messages.place));
}, 600_000);
afterAll(async () => {
  for (const { child } of programs.toReversed()) end(child);
  account.stop();
  await home.remove();
});

/** Processor time so far, in seconds, of each program that is Segue's or its web view's. */
async function spent(): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (const { pid, name } of await processesWith(`SEGUE_DATA_DIR=${home.data}`)) {
    if (!/^(segue|WebKitWebProces|WebKitNetworkP)/u.test(name)) continue;
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    // The fields after the program's name, which stands in brackets: utime and stime are the 12th and 13th.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    times.set(`${name} ${pid}`, (Number(fields[11]) + Number(fields[12])) / TICKS);
  }
  return times;
}

test("a hundred schedules cost next to nothing while nothing is due", async () => {
  const web = await webDriver(env);
  programs.push(web);
  const driver = await opened(web, program("segue-desktop"));
  const ask = async (command: string, request: object): Promise<unknown> =>
    driver.executeAsyncScript(
      "const [command, request, done] = arguments; window.__TAURI_INTERNALS__.invoke(command, { request }).then(done, done)",
      command,
      request,
    );
  while (!(await driver.executeScript<boolean>("return document.querySelectorAll('main tr').length > 3").catch(() => false))) {
    await driver.executeScript("location.hash = '#/exports?tab=mine'").catch(() => undefined);
    await turn();
  }
  expect(await ask("window_keep", { keep: true }), "the panel shows a tray").toMatchObject({ tray: true });
  await ask("window_close", { choice: "tray" });
  while (!(await driver.executeScript<boolean>("return document.hidden"))) await turn();
  // What the page that was open had begun is done: it reckons for each row what a run would do.
  let asked = -1;
  for (let heard = 0; heard !== asked; heard = (await account.requests()).length) {
    asked = heard;
    await new Promise((resolve) => setTimeout(resolve, 10_000));
  }
  const before = await spent();
  await new Promise((resolve) => setTimeout(resolve, SECONDS * 1_000));
  const after = await spent();
  expect([...after.keys()], "the same programs all the time").toEqual([...before.keys()]);
  const each = [...after].map(([name, time]) => ({ name, time: time - (before.get(name) ?? 0) }));
  const percent = (each.reduce((sum, { time }) => sum + time, 0) / SECONDS) * 100;
  const parts = each.map(({ name, time }) => `${name.split(" ")[0] ?? ""} ${time.toFixed(2)} s`).join(", ");
  const requests = (await account.requests()).length - asked;
  const fine = percent <= MOST && requests === 0;
  const value = `${percent.toFixed(3)} % of one core over ${SECONDS} s (${parts}), ${requests} requests`;
  process.stdout.write(`${fine ? "ok  " : "MISS"}  hidden, with ${SCHEDULES} schedules: ${value}  (target at most ${MOST} %, none)\n`);
  await driver.quit().catch(() => undefined);
  expect(fine).toBe(true);
}, (SECONDS + 300) * 1_000);
