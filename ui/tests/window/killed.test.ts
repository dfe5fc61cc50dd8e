// The plug is pulled in the middle of a run: afterwards the window says so, and the run goes on to its end with
// nobody lost and nobody sent twice.
import { describe, expect, test } from "vitest";
import { Account, customers, segue } from "./account";
import { processesWith } from "./processes";
import { Home, Stage } from "./stage";
import { type Language, words } from "./words";

const PEOPLE = 4_000;

/** Ends every program that works on this data folder, as the end of power does. */
async function pull(home: Home): Promise<number> {
  const programs = (await processesWith(`SEGUE_DATA_DIR=${home.data}`)).filter(({ name }) => name.startsWith("segue"));
  for (const { pid } of programs) process.kill(pid, "SIGKILL");
  return programs.length;
}

interface Run {
  status: string;
  counts: Record<string, number>;
}

describe.each<Language>(["en", "sv"])("in %s", (language) => {
  test("a run survives the end of the window", async () => {
    const w = words(language);
    const home = await Home.make();
    const account = await Account.start("--latency-ms", "150");
    let stage: Stage | undefined;
    try {
      await segue(home, "audience", "add", "files", "Customers", await customers(home, PEOPLE));
      await segue(home, "segment", "add", "All", "--audience", "Customers", "--where", "TRUE");
      const to = ["--agree", "--base-url", account.origin, "--rate", "0"];
      await segue(home, "connection", "add", "autopilot", "Account", ...to, { SEGUE_API_KEY: account.key });
      const from = ["--connection", "Account", "--audience", "Customers", "--match", "Email=EMail", "--segment", "All"];
      await segue(home, "export", "add", "Weekly", ...from);

      stage = await Stage.open(home, { language });
      await stage.press("link", w.exports);
      await stage.press("checkbox", /Weekly/u);
      await stage.press("button", w.run);
      await stage.until("some people have arrived", async () => (await account.contents()).contacts.length > 300);
      expect(await pull(home), "the window and its engine").toBe(2);
      await stage.end();
      const half = (await account.contents()).contacts.length;
      expect(half, "it was in the middle").toBeLessThan(PEOPLE / 2);

      stage = await Stage.open(home, { language });
      await stage.press("link", w.exports);
      const ended = async (): Promise<Run | undefined> => {
        const { rows } = await (stage as Stage).ask<{ rows: Run[] }>("run_list", { part: { offset: 0, limit: 10 } });
        return rows.find((run) => run.status === "successful");
      };
      // It goes on by itself, and its row says how it ended.
      await stage.until("the run has ended well", async () => (await ended()) !== undefined, 60_000);
      await stage.sees(w.statuses.successful);
      const { contacts } = await account.contents();
      expect(contacts.length, "everybody with an address, once").toBe(PEOPLE - PEOPLE / 50);
      const counts = (await ended())?.counts ?? {};
      const classes = ["created", "updated", "unchanged", "invalid", "duplicate", "excluded", "rejected", "not_attempted"];
      const sum = classes.reduce((all, name) => all + (counts[name] ?? 0), 0);
      expect(sum, "the classes add up").toBe(counts["source"]);
      await stage.close();
    } finally {
      await stage?.end();
      account.stop();
      await home.remove();
    }
  });
});
