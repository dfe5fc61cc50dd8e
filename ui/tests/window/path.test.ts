// The path of the mirrored page, from an empty list of destinations to a finished run, by what things are
// called, in both languages (customer-insights.md section 1.1; screens 01, 02, 06, 07, 08).
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Account, data } from "./account";
import { Home, Stage } from "./stage";
import { type Language, words } from "./words";

describe.each<Language>(["en", "sv"])("in %s", (language) => {
  let home: Home;
  let account: Account;
  let stage: Stage | undefined;

  beforeEach(async () => {
    home = await Home.make();
    account = await Account.start("--latency-ms", "5");
    await data(home);
  });
  afterEach(async () => {
    await stage?.close();
    account.stop();
    await home.remove();
  });

  test("a destination is set up, saved and run", async () => {
    const w = words(language);
    stage = await Stage.open(home, { language });
    await stage.press("link", w.exports);
    await stage.press("tab", w.discover);
    await stage.press("button", w.setUp);

    // Step 1: nothing is connected before name, key and consent are there.
    await stage.type(w.displayName, "Club newsletter");
    await stage.press("button", w.otherServer);
    await stage.type(w.apiAddress, account.origin);
    await stage.type(w.apiKey, "a wrong key");
    await stage.press("checkbox", w.agree);
    await stage.press("button", w.connect);
    await stage.sees(w.refused);
    const nobody = await stage.ask<unknown[]>("connection_list");
    expect(nobody, "a refused key stores nothing").toEqual([]);
    await stage.type(w.apiKey, account.key);
    await stage.press("button", w.connect);
    await stage.sees(w.connected);
    await stage.press("button", w.exportUser);
    await stage.sees(w.isExportUser);
    await stage.press("button", w.next);

    // Step 2: saving sends nothing.
    await stage.sees(w.matching);
    await stage.sees(w.selectSegments);
    await stage.press("checkbox", /Club members/u);
    await stage.sees(w.saveSendsNothing);
    await stage.press("button", w.save);
    await stage.sees("Club newsletter");
    await stage.sees(w.statuses.notStarted);
    const before = await account.contents();
    expect(before.contacts, "saving sends nobody").toHaveLength(0);

    // The run, from the row.
    await stage.press("checkbox", /Club newsletter/u);
    await stage.press("button", w.run);
    await stage.sees(w.statuses.successful);
    const after = await account.contents();
    expect(after.contacts.length, "two people have no address").toBe(98);
    expect(after.lists.map((list) => list.title)).toContain("Club members");
  });
});
