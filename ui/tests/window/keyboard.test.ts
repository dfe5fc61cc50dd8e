// The path of the mirrored page once more, without a mouse; and whatever has the focus shows it.
import { Key } from "selenium-webdriver";
import { describe, expect, test } from "vitest";
import { data } from "./account";
import { Keyboard } from "./keyboard";
import { play } from "./play";
import { type Language, words } from "./words";

describe.each<Language>(["en", "sv"])("in %s", (language) => {
  test("a destination is set up, saved and run by keys", () =>
    play({ language, before: (home) => data(home) }, async ({ stage, account }) => {
      const w = words(language);
      const keys = new Keyboard(stage);
      await keys.reach("link", w.exports);
      await keys.press(Key.ENTER);
      await stage.sees(w.title);
      await keys.reach("tab", w.mine);
      await keys.reach("tab", w.discover, Key.ARROW_LEFT);
      await keys.press(Key.SPACE);
      await keys.reach("button", w.setUp);
      await keys.press(Key.ENTER);

      await keys.fill(w.displayName, "Club newsletter");
      await keys.fill(w.apiKey, account.key);
      await keys.reach("button", w.otherServer);
      await keys.press(Key.ENTER);
      await keys.fill(w.apiAddress, account.origin);
      await keys.reach("checkbox", w.agree);
      await keys.press(Key.SPACE);
      await keys.reach("button", w.connect);
      await keys.press(Key.ENTER);
      await stage.sees(w.connected);
      await keys.reach("button", w.exportUser);
      await keys.press(Key.ENTER);
      await stage.sees(w.isExportUser);
      await keys.reach("button", w.next);
      await keys.press(Key.ENTER);

      await stage.sees(w.matching);
      await keys.reach("checkbox", /Club members/u);
      await keys.press(Key.SPACE);
      await keys.reach("button", w.save);
      await keys.press(Key.ENTER);
      await stage.sees(w.statuses.notStarted);

      await keys.reach("row", /Club newsletter/u);
      await keys.press(Key.SPACE);
      await keys.reach("button", w.run);
      await keys.press(Key.ENTER);
      await stage.sees(w.statuses.successful);
      const after = await account.contents();
      expect(after.contacts.length, "two people have no address").toBe(98);
      expect([...keys.unseen], "had the focus and did not show it").toEqual([]);
    }));
});
