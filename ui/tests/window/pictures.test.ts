// Takes a picture of every page, as people see it, into docs/screens: light, dark, and in Swedish. `npm run
// pictures` renews them; they are looked at, and not compared.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { places } from "./places";
import { play } from "./play";
import type { Stage } from "./stage";
import { type Language, words } from "./words";

const FOLDER = process.env["SEGUE_PICTURES"] ?? join(import.meta.dirname, "../../../docs/screens");

/** The line under each of the three exports. */
const FORECASTS = /(?:(?:If you ran it now|Om du körde nu): (?:\d|everybody|alla).*){3}/su;

const LOOKS = [
  { suffix: "light", language: "en", theme: "light" },
  { suffix: "dark", language: "en", theme: "dark" },
  { suffix: "sv", language: "sv", theme: "light" },
] satisfies { suffix: string; language: Language; theme: "light" | "dark" }[];

/** Without layers, as a computer without a graphics card has it, the driver waits long for a picture. */
const LAYERS = { WEBKIT_DISABLE_COMPOSITING_MODE: "0" };

describe.each(LOOKS)("$suffix", ({ suffix, ...look }) => {
  const options = { ...look, env: LAYERS };
  /** Takes it; answers with its bytes, which are few where nothing is on it. */
  const shoot = async (stage: Stage, name: string): Promise<number> => {
    await mkdir(FOLDER, { recursive: true });
    const picture = await stage.picture();
    await writeFile(join(FOLDER, `${name}-${suffix}.png`), picture);
    return picture.length;
  };

  test("the first start", () =>
    play(options, async ({ stage }) => {
      await stage.get("button", words(options.language).trySample);
      await stage.settled();
      expect(await shoot(stage, "first-start")).toBeGreaterThan(10_000);
    }));

  test("every page", () =>
    play({ ...options, before: "work" }, async ({ stage, names }) => {
      for (const place of places(names)) {
        await place.open(stage);
        // What is reckoned when the list has rested belongs to it.
        if (place.name === "exports") await stage.sees(FORECASTS);
        expect(await shoot(stage, place.name), place.name).toBeGreaterThan(10_000);
      }
    }));
});
