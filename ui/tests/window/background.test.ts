// Segue without its window: in the tray of a panel, made small where there is none, and started at sign-in. What
// the panel shows is read and chosen over the bus.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Panel } from "./panel";
import { play } from "./play";
import { processesWith } from "./processes";
import { bus, display, end, type Program, turn } from "./programs";
import { type Run, routine } from "./routine";
import { Home, program, Stage } from "./stage";

const KEEP = "Keep running in the tray";
const SIGN_IN = "Start Segue when I sign in";
const SETTINGS = "/admin/system?tab=settings";

/** Segue's own programs that work on this data folder, by their names; the bus of a test has its environment too. */
async function programs(home: Home): Promise<string[]> {
  const all = await processesWith(`SEGUE_DATA_DIR=${home.data}`);
  return all.map(({ name }) => name).filter((name) => name.startsWith("segue"));
}

/** Waits until something is so, where there is no page to ask. */
async function until(what: string, so: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    if (await so()) return;
    await turn();
  }
  throw new Error(`Not within 30 s: ${what}.`);
}

test("in the tray the closed window goes on, and the menu does what it says", () =>
  play({ language: "en", panel: true, before: routine }, async ({ stage }) => {
    const { panel } = stage;
    expect(await panel.menu(), "nothing is in the tray until somebody wants it").toEqual([]);
    await stage.go(SETTINGS);
    await stage.press("switch", KEEP);
    await panel.says("Open Segue");
    await panel.says("Nothing is running");
    await panel.says("Nothing is scheduled");

    await stage.again("--test-close");
    await stage.until("the window is hidden", () => stage.run<boolean>("return document.hidden"));
    await stage.until("the user is told where it is", async () => Promise.resolve(panel.notices.length === 1));
    expect(panel.notices).toEqual(["Segue goes on in the tray"]);

    const recurrence = { every: "day", on: [], at: ["03:30"], zone: "Europe/Stockholm" };
    await stage.ask("schedule_set", { on: true, recurrence });
    await panel.says(/^Next: the system refresh, (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d:\d\d$/u);
    await panel.choose("Pause schedules");
    await panel.says("Schedules are paused");
    expect((await stage.ask<{ paused: boolean }>("schedule_get")).paused).toBe(true);
    await panel.choose("Resume schedules");
    await panel.says("Pause schedules");

    await panel.choose("Run all");
    await stage.until("the export has run", async () => {
      const { rows } = await stage.ask<{ rows: Run[] }>("run_list", { part: { offset: 0, limit: 10 } });
      return rows.length === 1 && rows[0]?.status === "successful" && rows[0].trigger === "manual";
    });

    await panel.choose("Open Segue");
    await stage.until("the window is there", () => stage.run<boolean>("return !document.hidden"));
    await panel.says("Open Segue");

    await stage.again("--test-close");
    await stage.until("it is hidden again", () => stage.run<boolean>("return document.hidden"));
    expect(panel.notices, "once is enough").toHaveLength(1);
  }));

test("schedules that are paused on the page are paused in the tray", () =>
  play({ language: "en", panel: true, before: routine }, async ({ stage }) => {
    await stage.go(SETTINGS);
    await stage.press("switch", KEEP);
    await stage.panel.says("Pause schedules");
    await stage.go("/admin/system?tab=schedule");
    await stage.pressFirst("button", "Pause schedules");
    await stage.sees("Schedules are paused");
    await stage.panel.says("Resume schedules");
    expect(await stage.panel.menu(), "what ran next is not said").toContain("Schedules are paused");
  }));

test("where no tray is shown the closed window stays, and without the setting it ends", async () => {
  const home = await Home.make();
  let stage: Stage | undefined;
  try {
    stage = await Stage.open(home, { language: "en" });
    await stage.go(SETTINGS);
    await stage.press("switch", KEEP);
    await stage.sees("No tray is shown on this computer");
    await stage.again("--test-close");
    await stage.ask("app_start");
    expect(await programs(home)).toContain("segue-desktop");

    await stage.press("switch", KEEP);
    const shown = stage;
    await shown.until("it is saved", async () => !(await shown.ask<Start>("app_start")).settings.tray);
    await shown.settled();
    await stage.again("--test-close");
    await until("everything has ended", async () => (await programs(home)).length === 0);
  } finally {
    await stage?.end();
    await home.remove();
  }
});

interface Start {
  settings: { tray: boolean };
}

test("the switch for sign-in writes the entry of the desktop, and takes it away", () =>
  play({ language: "en" }, async ({ stage, home }) => {
    const file = join(home.env()["XDG_CONFIG_HOME"] ?? "", "autostart/segue.desktop");
    const entry = (): Promise<string> => readFile(file, "utf8").catch(() => "");
    await stage.go(SETTINGS);
    await stage.press("switch", SIGN_IN);
    await stage.until("the entry is there", async () => (await entry()).includes("[Desktop Entry]"));
    expect(await entry()).toContain(`Exec="${program("segue-desktop")}" --hidden\n`);
    await stage.press("switch", SIGN_IN);
    await stage.until("the entry is gone", async () => (await entry()) === "");
  }));

test("started at sign-in it has no window until somebody wants it, and its engine is there all the time", async () => {
  const home = await Home.make();
  const started: Program[] = [];
  let stage: Stage | undefined;
  try {
    stage = await Stage.open(home, { language: "sv" });
    await stage.ask("settings_set", { language: "sv", tray: true });
    await stage.close();
    await until("the window has ended", async () => (await programs(home)).length === 0);

    const screen = await display(1280, 800);
    started.push(screen);
    const env: Record<string, string> = { ...home.env(), DISPLAY: screen.place };
    const messages = await bus(env);
    started.push(messages);
    env["DBUS_SESSION_BUS_ADDRESS"] = messages.place;
    const panel = await Panel.start(messages.place);
    started.push(panel);
    const start = (...words: string[]): void => {
      started.push({ child: spawn(program("segue-desktop"), words, { env, stdio: "ignore" }), place: "" });
    };
    const running = async (name: string): Promise<number[]> => {
      const all = await processesWith(`SEGUE_DATA_DIR=${home.data}`);
      return all.filter((one) => one.name.startsWith(name)).map(({ pid }) => pid);
    };
    const engine = async (): Promise<number | undefined> =>
      (await processesWith(`SEGUE_DATA_DIR=${home.data}`)).find(({ name }) => name === "segue")?.pid;

    start("--hidden");
    await panel.says("Öppna Segue");
    await panel.says("Inget är schemalagt");
    const first = await engine();
    expect(first, "the engine").toBeDefined();

    // A second start at sign-in shows nothing either.
    start("--hidden");
    await until("the second has ended", async () => (await running("segue-desktop")).length === 1);
    expect(await running("WebKit"), "a page").toEqual([]);

    // Schedules need the engine, and nobody is there to ask for it.
    process.kill(first ?? 0, "SIGKILL");
    await until("there is another engine", async () => ![undefined, first].includes(await engine()));

    start();
    await until("the window is opened", async () => (await running("WebKitWeb")).length > 0);
    await panel.choose("Avsluta Segue");
    await until("everything has ended", async () => (await programs(home)).length === 0);
  } finally {
    await stage?.end();
    for (const { child } of started.toReversed()) end(child);
    await home.remove();
  }
});
