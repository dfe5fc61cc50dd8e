// The clock of a test goes past the due time, and the export runs by itself: with the system refresh, once for
// however many times were missed.
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Account } from "./account";
import { type Run, EXPORT, routine } from "./routine";
import { Home, Stage } from "./stage";

const DAY = 24 * 3600;

test("what the system refresh is due for runs by itself, and what was missed runs once", async () => {
  const home = await Home.make();
  const account = await Account.start();
  const clock = join(home.folder, "clock");
  const set = (seconds: number): Promise<void> => writeFile(clock, String(seconds));
  let stage: Stage | undefined;
  try {
    await set(Math.floor(Date.now() / 1000));
    await routine(home, account);
    const shown = await Stage.open(home, { language: "en", panel: true, env: { SEGUE_TEST_CLOCK: clock } });
    stage = shown;
    await shown.go("/admin/system?tab=schedule");
    await shown.press("switch", "Refresh by schedule");
    await shown.press("button", "Save");
    await shown.sees("The refresh schedule was saved");
    const { next } = await shown.ask<{ next: string }>("schedule_get");
    expect(await runs(shown), "nothing runs before it is due").toEqual([]);

    const due = Math.floor(Date.parse(next) / 1000);
    await set(due + 1);
    await ended(shown, 1);
    expect(await runs(shown)).toMatchObject([{ trigger: "system_refresh", status: "successful" }]);
    await shown.go("/runs");
    await shown.sees(EXPORT);
    await shown.sees("System refresh");

    // A week asleep: each weekday was missed, and that is one run, which says that it is late.
    await set(due + 7 * DAY + 3600);
    await ended(shown, 2);
    expect((await runs(shown))[0]).toMatchObject({ trigger: "system_refresh", late: true });
    const after = await shown.ask<{ next: string }>("schedule_get");
    expect(Date.parse(after.next) / 1000, "the next one is ahead").toBeGreaterThan(due + 7 * DAY + 3600);
    await shown.sees(/\blate\b/iu);
    expect(await runs(shown), "and no other").toHaveLength(2);
    expect(shown.panel.notices, "all went well, which is not worth a word").toEqual([]);

    // The data cannot be read: the export is skipped, and whoever is at the computer is told.
    await rm(join(home.folder, "customers.csv"));
    await set(due + 11 * DAY);
    await shown.until("a third run", async () => (await runs(shown)).length === 3);
    expect((await runs(shown))[0]).toMatchObject({ trigger: "system_refresh", status: "skipped" });
    await shown.until("the notice is shown", async () => Promise.resolve(shown.panel.notices.length > 0));
    expect(shown.panel.notices).toEqual([`“${EXPORT}” was skipped`]);
    await shown.close();
  } finally {
    await stage?.end();
    account.stop();
    await home.remove();
  }
});

/** The runs, newest first. */
async function runs(stage: Stage): Promise<Run[]> {
  return (await stage.ask<{ rows: Run[] }>("run_list", { part: { offset: 0, limit: 10 } })).rows;
}

/** Waits until so many have ended. */
async function ended(stage: Stage, count: number): Promise<void> {
  await stage.until(`${count} runs have ended`, async () => {
    const all = await runs(stage);
    return all.length === count && all.every(({ status }) => status === "successful");
  });
}
