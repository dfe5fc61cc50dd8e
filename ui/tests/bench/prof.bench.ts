import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, test } from "vitest";
import { Account } from "../window/account";
import { type Program, bus, display, end, opened, turn, webDriver } from "../window/programs";
import { Home, program } from "../window/stage";
import { longUsed } from "./folder";

let home: Home; let account: Account; let env: Record<string, string>;
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
test("profile", async () => {
  for (const cold of [true, false, true]) {
    const web = await webDriver(env);
    if (cold) writeFileSync("/proc/sys/vm/drop_caches", "3");
    const begun = performance.now();
    const wall = Date.now();
    const driver = await opened(web, program("segue-desktop"));
    const sess = performance.now() - begun;
    const press = `const button = [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === arguments[0]);
    if (button === undefined || button.disabled || button.getClientRects().length === 0) return false;
    button.click();
    window.pressedAt = performance.now();
    return true;`;
    while (!(await driver.executeScript<boolean>(press, "Add destination").catch(() => false))) await turn();
    const pressed = performance.now() - begun;
    while (!(await driver.executeScript<boolean>("return document.querySelector(arguments[0]) !== null", "[role=dialog]"))) await turn();
    const open = performance.now() - begun;
    const entries = await driver.executeScript<any>(`return { origin: performance.timeOrigin, pressedAt: window.pressedAt, paint: performance.getEntriesByType("paint").map(e=>[e.name,e.startTime]), nav: performance.getEntriesByType("navigation").map(e=>e.toJSON()), res: performance.getEntriesByType("resource").map((e) => [e.name, Math.round(e.startTime), Math.round(e.duration), e.initiatorType]) }`);
    process.stdout.write(`cold ${cold}: session ${sess.toFixed(0)} origin ${(entries.origin - wall).toFixed(0)} pressed ${pressed.toFixed(0)} (page ${entries.pressedAt}) open ${open.toFixed(0)}\n${JSON.stringify(entries.paint)}\n`);
    process.stdout.write(JSON.stringify(entries.nav) + "\n");
    for (const e of entries.res) process.stdout.write(`   ${e[1]} +${e[2]} ${e[0].split("/").slice(-1)[0]} ${e[3]}\n`);
    await driver.quit().catch(() => undefined);
    end(web.child);
  }
}, 300_000);
