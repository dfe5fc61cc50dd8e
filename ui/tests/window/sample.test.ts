// From an empty data folder to the finished counts of the sample in five clicks; after a restart a second
// run says that nothing has changed.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Home, Stage } from "./stage";
import { type Language, words } from "./words";

describe.each<Language>(["en", "sv"])("in %s", (language) => {
  let home: Home;
  let stage: Stage;

  beforeEach(async () => {
    home = await Home.make();
    stage = await Stage.open(home, { language });
  });
  afterEach(async () => {
    await stage.close();
    await home.remove();
  });

  test("five clicks, and unchanged after a restart", async () => {
    const w = words(language);
    let clicks = 0;
    const click = async (role: string, name: string | RegExp): Promise<void> => {
      await stage.press(role, name);
      clicks += 1;
    };
    await click("button", w.trySample);
    await click("button", w.preview);
    await click("button", w.exportNow);
    await stage.sees(w.statuses.successful);
    expect(clicks, "clicks from the first start to the finished counts").toBeLessThanOrEqual(5);
    const [first] = await runs(stage);
    expect(first?.counts.created, "people were sent").toBeGreaterThan(1_000);

    await stage.close();
    stage = await Stage.open(home, { language });
    const [sample] = await stage.ask<{ id: string; name: string }[]>("export_list");
    await stage.press("link", w.exports);
    await stage.press("checkbox", new RegExp(sample?.name ?? "", "u"));
    await stage.press("button", w.run);
    await stage.until("a second run has ended", async () => {
      const [last, ...rest] = await runs(stage);
      return rest.length > 0 && last?.status === "successful";
    });
    const [second] = await runs(stage);
    expect(second?.counts.created).toBe(0);
    expect(second?.counts.updated).toBe(0);
    expect(second?.counts.unchanged, "everybody is as last accepted").toBe(first?.counts.created);
  });
});

interface Run {
  status: string;
  counts: { created: number; updated: number; unchanged: number };
}

async function runs(stage: Stage): Promise<Run[]> {
  const page = await stage.ask<{ rows: Run[] }>("run_list", { part: { offset: 0, limit: 10 } });
  return page.rows;
}
