import { describe, expect, test } from "vitest";

import { makeFormat } from "./format";
import { localeOf } from "./locale";

const now = new Date(2026, 5, 16, 12, 0);
const at = (day: number, hour: number, minute = 0) => new Date(2026, 5, day, hour, minute);
/** Blanks that do not break are blanks here. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/gu, " ");

describe("numbers, dates and times", () => {
  test("are those of the locale, also where language and region differ", () => {
    expect(plain(makeFormat("sv-SE").number(41_280))).toBe("41 280");
    expect(plain(makeFormat("en-SE").number(41_280))).toBe("41 280");
    expect(makeFormat("en-GB").number(41_280)).toBe("41,280");
    expect(plain(makeFormat("sv-SE").percent(0.991))).toBe("99,1 %");
    expect(makeFormat("en-GB").date(at(3, 10))).toBe("3 Jun 2026");
    expect(makeFormat("sv-SE").time(at(3, 9, 5))).toBe("09:05");
    expect(makeFormat("en-GB").list(["a", "b", "c"])).toBe("a, b and c");
    expect(makeFormat("sv-SE").list(["a", "b", "c"])).toBe("a, b och c");
    expect(["Öl", "Zon", "Ål", "Run 10", "Run 9"].toSorted((a, b) => makeFormat("sv-SE").compare(a, b))).toEqual(["Run 9", "Run 10", "Zon", "Ål", "Öl"]);
  });

  test.each([
    [at(16, 11, 59), "1 minute ago", "För 1 minut sedan"],
    [at(16, 10), "2 hours ago", "För 2 timmar sedan"],
    [at(15, 23), "Yesterday", "I går"],
    [at(15, 12), "Yesterday", "I går"],
    [at(13, 12), "3 days ago", "För 3 dagar sedan"],
    [at(2, 12), "2 weeks ago", "För 2 veckor sedan"],
    [now, "Now", "Nu"],
  ])("%s is %s", (when, english, swedish) => {
    expect(makeFormat("en-GB").ago(when, now)).toBe(english);
    expect(plain(makeFormat("sv-SE").ago(when, now))).toBe(swedish);
  });

  test.each([
    [0, "< 1 s"],
    [0.4, "< 1 s"],
    [70, "1 min 10 s"],
    [120, "2 min"],
    [3_600, "1 h"],
    [28_080, "7 h 48 min"],
    [4_000_000, "1 111 h 6 min"],
  ])("%d seconds are %s", (seconds, words) => {
    expect(plain(makeFormat("sv-SE").duration(seconds))).toBe(words);
  });

  test("bytes are rounded to what is read", () => {
    expect(plain(makeFormat("en-GB").bytes(1_400_000))).toBe("1.4 MB");
    expect(plain(makeFormat("sv-SE").bytes(999))).toBe("999 B");
  });
});

describe("the locale", () => {
  test.each([
    [null, "sv-SE", "sv", "sv-SE"],
    [null, "en-US", "en", "en-US"],
    ["en", "sv-SE", "en", "en-SE"],
    ["sv", "en-US", "sv", "sv-US"],
    [null, "de_DE", "en", "en-DE"],
    [null, "C", "en", "en"],
    [null, undefined, "en", "en"],
  ] as const)("chosen %s on a system in %s is %s, written as %s", (chosen, system, language, tag) => {
    expect(localeOf(chosen, system)).toEqual({ language, tag });
  });
});
