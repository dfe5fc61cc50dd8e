// The path of the mirrored page, from an empty list of destinations to a finished run, by what things are
// called, in both languages (customer-insights.md section 1.1; screens 01, 02, 06, 07, 08); and what follows it:
// preview, export, counts, trying again, and the removal.
import { describe, expect, test } from "vitest";
import { data, type Product } from "./account";
import { play } from "./play";
import { type Language, words } from "./words";

const FAULTS = { bad_row: "silent", bad_addresses: ["person3@post.example", "person6@post.example"] };

interface Run {
  status: string;
  counts: { created: number; rejected: number };
}

const WALKS: [Product, Language][] = [
  ["autopilot", "en"],
  ["autopilot", "sv"],
  ["ortto", "en"],
  ["ortto", "sv"],
];

describe.each(WALKS)("%s in %s", (product, language) => {
  test("a destination is set up, saved, run, tried again and removed", () =>
    play({ language, account: ["--latency-ms", "5"], before: (home) => data(home) }, async ({ stage, account }) => {
      const w = words(language, product);
      const people = async (): Promise<number> => (await account.held(product)).people;
      const runs = async (): Promise<Run[]> =>
        (await stage.ask<{ rows: Run[] }>("run_list", { part: { offset: 0, limit: 10 } })).rows;
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
      expect(await people(), "saving sends nobody").toBe(0);

      // The run, from the row; the account does not take two of them.
      await account.faults(FAULTS);
      await stage.press("checkbox", /Club newsletter/u);
      await stage.press("button", w.run);
      await stage.sees(w.statuses.completedWithErrors);
      const after = await account.held(product);
      expect(after.people, "two people have no address, and two are not taken").toBe(96);
      expect(after.lists).toContain("Club members");

      // Preview: the two are new still, and nothing is sent by looking.
      const writes = await account.writes();
      await stage.press("button", w.preview);
      await stage.sees(w.nothingSent);
      expect(await account.writes()).toBe(writes);
      await stage.press("button", w.exportNow);
      await stage.until("it has ended", async () => {
        const [last, ...rest] = await runs();
        return rest.length === 1 && last?.status === "completed_with_errors";
      });

      // Refused twice, they are left alone until somebody says otherwise.
      await stage.sees(w.rejected);
      await account.faults({});
      await stage.pressFirst("button", w.retryFailed);
      await stage.until("everybody has arrived", async () => (await people()) === 98);
      await stage.until("it has ended well", async () => (await runs())[0]?.status === "successful");
      const [last] = await runs();
      expect(last?.counts, "both were taken").toMatchObject({ created: 2, rejected: 0 });

      // Removed, the export is gone, and the people stay in the account.
      await stage.press("link", w.exports);
      await stage.press("checkbox", /Club newsletter/u);
      await stage.press("button", w.remove);
      await stage.sees(/Club newsletter”\?/u);
      await stage.press("button", w.remove);
      await stage.until("it is gone", async () => (await stage.ask<unknown[]>("export_list")).length === 0);
      expect(await people(), "nobody is deleted").toBe(98);
    }));
});
