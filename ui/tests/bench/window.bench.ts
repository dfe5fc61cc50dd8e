// The figures of the window in docs/performance.md: how soon it can be worked with, beside an empty window of
// Tauri in the same run, how much memory it takes, and how soon a table of 100,000 people answers to a key.
// `dev/bench` runs it over the release build; it is no test, and knows no other build.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Key, type WebDriver } from "selenium-webdriver";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Account } from "../window/account";
import { type Program, bus, display, end, opened, turn, webDriver } from "../window/programs";
import { Home, program } from "../window/stage";
import { longUsed, PEOPLE } from "./folder";
import { processesWith } from "../window/processes";
import { memoryOf } from "./memory";

const ROUNDS = 7;

let home: Home;
let account: Account;
let env: Record<string, string>;
const programs: Program[] = [];

beforeAll(async () => {
  home = await Home.make();
  account = await Account.start();
  await longUsed(home, account);
  const screen = await display(1280, 800);
  env = { ...home.env(), DISPLAY: screen.place };
  const messages = await bus(env);
  env["DBUS_SESSION_BUS_ADDRESS"] = messages.place;
  programs.push(screen, messages);
}, 600_000);
afterAll(async () => {
  for (const { child } of programs.toReversed()) end(child);
  account.stop();
  await home.remove();
});

/** Opens a program of Tauri: its driver, and what ends both. */
async function start(binary: string): Promise<{ driver: WebDriver; close: () => Promise<void> }> {
  const web = await webDriver(env);
  // Cold: what was read from the disk before is forgotten, where the system lets us.
  try {
    writeFileSync("/proc/sys/vm/drop_caches", "3");
  } catch {
    // Only the administrator may; then both are as warm.
  }
  begun = performance.now();
  const driver = await opened(web, binary);
  return {
    driver,
    close: async () => {
      await driver.quit().catch(() => undefined);
      end(web.child);
      // A window that outlives its driver would be found by the next one, which leaves it to that.
      for (const { pid } of await processesWith(`DISPLAY=${env["DISPLAY"] ?? ""}`)) {
        if (programs.some(({ child }) => child.pid === pid)) continue;
        try {
          process.kill(pid, "SIGKILL");
        } catch {
          // It has just gone.
        }
      }
    },
  };
}

let begun = 0;

/** Milliseconds from the start of a program until its button was pressed and what it opens is there. */
async function untilOpen(binary: string, button: string, shown: string): Promise<[number, number]> {
  const { driver, close } = await start(binary);
  // The page looks for itself: questions from outside would take of the time that is measured.
  const open = `const [text, shown, done] = arguments;
    const press = () => {
      const button = [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === text);
      if (button === undefined || button.disabled || button.getClientRects().length === 0) return void setTimeout(press, 4);
      button.click();
      see();
    };
    const see = () => {
      if (document.querySelector(shown) === null) setTimeout(see, 4);
      else done(true);
    };
    press();`;
  // Until the page is the one that was asked for.
  while (!(await driver.executeAsyncScript<boolean>(open, button, shown).catch(() => false))) await turn();
  const time = performance.now() - begun;
  let memory = 0;
  for (const [name, size] of await memoryOf(`DISPLAY=${env["DISPLAY"] ?? ""}`)) {
    if (!/^(WebKitWebDriver|WebKitWebDriv|dbus-daemon|Xvfb)/u.test(name)) memory += size;
  }
  await close();
  return [time, memory];
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const misses: string[] = [];

function say(what: string, value: string, target: string, fine: boolean): void {
  process.stdout.write(`${fine ? "ok  " : "MISS"}  ${what}: ${value}  (target ${target})\n`);
  if (!fine) misses.push(what);
}

test("it can be worked with as soon as an empty window, nearly", async () => {
  const [own, empty]: [number[], number[]] = [[], []];
  const [ownMemory, emptyMemory]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [time, memory] = await untilOpen(join(program("examples"), "empty-window"), "Open", "[data-open]");
    empty.push(time);
    emptyMemory.push(memory);
    const [ownTime, ownSize] = await untilOpen(program("segue-desktop"), "Add destination", "[role=dialog]");
    own.push(ownTime);
    ownMemory.push(ownSize);
  }
  const ratio = median(own) / median(empty);
  const times = `${ratio.toFixed(2)} (${median(own).toFixed(0)} ms / ${median(empty).toFixed(0)} ms, median of ${ROUNDS})`;
  say("from the start to the open pane, against an empty window of Tauri", times, "at most 1.5", ratio <= 1.5);
  const memory = `${median(ownMemory).toFixed(0)} MiB / ${median(emptyMemory).toFixed(0)} MiB`;
  say("memory of window, engine and web process, beside an empty window", memory, "none", true);
  expect(misses).toEqual([]);
}, 600_000);

test("a table of 100,000 people answers at once", async () => {
  const { driver, close } = await start(program("segue-desktop"));
  const run = await driver.executeAsyncScript<string>(
    `const done = arguments[0];
     const part = { offset: 0, limit: 1 };
     window.__TAURI_INTERNALS__.invoke("run_list", { request: { part } }).then(({ rows }) => done(rows[0].id), done);`,
  );
  await driver.executeScript("location.hash = arguments[0]", `#/runs/${run}?tab=created`);
  const rows = `[...document.querySelectorAll("tr[aria-rowindex]")]`;
  const all = `return Number(document.querySelector("table[aria-rowcount]")?.getAttribute("aria-rowcount")) > ${PEOPLE}
     && ${rows}.some((row) => row.textContent.includes("@"))`;
  while (!(await driver.executeScript<boolean>(all).catch(() => false))) await turn();
  // From the key to the first frame in which all rows that are shown are others, and fit what was typed.
  const watch = `
    const wanted = arguments[0];
    window.segueTook = new Promise((resolve) => {
      addEventListener("keydown", () => {
        const pressed = performance.now();
        const before = ${rows}.map((row) => row.textContent).join();
        const look = () => {
          const shown = ${rows}.filter((row) => row.getClientRects().length > 0);
          const fit = shown.length > 0 && shown.every((row) => wanted === "" ? row.textContent.includes("@") : row.textContent.includes(wanted));
          if (fit && document.querySelector("table[aria-busy=true]") === null && shown.map((row) => row.textContent).join() !== before)
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }, { once: true, capture: true });
    });`;
  const took = async (keys: string, wanted: string): Promise<number> => {
    await driver.executeScript(watch, wanted);
    await driver.actions().sendKeys(keys).perform();
    return driver.executeAsyncScript<number>("window.segueTook.then(arguments[0])");
  };
  const figures: number[] = [];
  const search = "[...document.querySelectorAll('main input[type=search], main [role=searchbox], main input')].at(-1).focus()";
  await driver.executeScript(search);
  let typed = "";
  for (const key of "person4217") {
    typed += key;
    // The first six letters fit everybody: nothing changes that could be waited for.
    if (typed.length <= "person".length) await driver.actions().sendKeys(key).perform();
    else figures.push(await took(key, typed));
  }
  for (let back = 0; back < 4; back += 1) {
    typed = typed.slice(0, -1);
    figures.push(await took(Key.BACK_SPACE, typed));
  }
  await driver.executeScript(`${rows}[0].focus()`);
  for (const key of [Key.END, Key.HOME, Key.PAGE_DOWN, Key.PAGE_DOWN, Key.END]) figures.push(await took(key, ""));
  await close();
  const worst = Math.max(...figures);
  const value = `${worst.toFixed(0)} ms at most, ${median(figures).toFixed(0)} ms in the middle of ${figures.length} keys`;
  say("from a key to the painted rows among 100,000 people", value, "under 200 ms", worst < 200);
  expect(misses).toEqual([]);
}, 300_000);
