// @vitest-environment node
import { describe, expect, test } from "vitest";

import { anotherTime, type Draft, draftOf, faultsOf, HALF_HOURS, recurrenceOf, recurrenceWords, timeOf } from "./recurrence";
import { zonesFound, zoneText } from "./zones";

const draft: Draft = { every: "week", on: ["wed", "mon"], at: ["17:00", "8:30"], zone: "Europe/Stockholm" };

describe("a time", () => {
  test.each([
    ["08:30", "08:30"],
    ["8:30", "08:30"],
    [" 8.30 ", "08:30"],
    ["0830", "08:30"],
    ["8", "08:00"],
    ["23:59", "23:59"],
    ["00:00", "00:00"],
    ["24:00", null],
    ["8:5", null],
    ["8:60", null],
    ["", null],
    ["soon", null],
    ["-1:00", null],
  ])("%j is %j", (typed, time) => {
    expect(timeOf(typed)).toBe(time);
  });

  test("every half hour is offered, in order and once", () => {
    expect([HALF_HOURS.length, HALF_HOURS[0], HALF_HOURS[17], HALF_HOURS.at(-1)]).toEqual([48, "00:00", "08:30", "23:30"]);
    expect(new Set(HALF_HOURS).size).toBe(48);
  });

  test("another one comes after those that are there", () => {
    expect(anotherTime(["08:30"])).toBe("09:00");
    expect(anotherTime(["17:10", "08:30"])).toBe("17:30");
    expect(anotherTime(["00:00", "23:45"])).toBe("00:30");
    expect(anotherTime(["?"])).toBe("00:00");
  });
});

describe("a recurrence", () => {
  test("is kept with its days and times in order, and with no days where it is daily", () => {
    expect(recurrenceOf(draft)).toEqual({ ...draft, on: ["mon", "wed"], at: ["08:30", "17:00"] });
    expect(recurrenceOf({ ...draft, every: "day" })).toEqual({ ...draft, every: "day", on: [], at: ["08:30", "17:00"] });
  });

  test("begins with the mornings of working days, and daily ones with days to go back to", () => {
    const days = ["mon", "tue", "wed", "thu", "fri"];
    expect(draftOf(null, "UTC")).toEqual({ every: "week", on: days, at: ["08:30"], zone: "UTC" });
    expect(draftOf({ every: "day", on: [], at: ["06:00"], zone: "UTC" }, "Asia/Kolkata")).toEqual({
      every: "day",
      on: days,
      at: ["06:00"],
      zone: "UTC",
    });
  });

  test("says by field what is wrong with it", () => {
    expect(faultsOf(draft)).toEqual({ at: [null, null] });
    expect(faultsOf({ every: "week", on: [], at: ["8:30", "x", "08.30"], zone: "" })).toEqual({
      on: "recurrence.on.missing",
      at: [null, "recurrence.time.bad", "recurrence.time.twice"],
      zone: "recurrence.zone.missing",
    });
    expect(recurrenceOf({ ...draft, on: [] })).toBeNull();
    expect(recurrenceOf({ ...draft, every: "day", on: [] })).not.toBeNull();
  });

  test("is said on a command line", () => {
    const words = (one: Draft) => recurrenceWords(recurrenceOf(one) ?? { every: "day", on: [], at: [], zone: "" }).join(" ");
    expect(words(draft)).toBe("--every week --on Mon,Wed --at 08:30 --at 17:00 --zone Europe/Stockholm");
    expect(words({ ...draft, every: "day" })).toBe("--every day --at 08:30 --at 17:00 --zone Europe/Stockholm");
  });
});

describe("time zones", () => {
  const zones = [
    { name: "America/St_Johns", offset: -210 },
    { name: "Asia/Kolkata", offset: 330 },
    { name: "Europe/Berlin", offset: 60 },
    { name: "Europe/Stockholm", offset: 60 },
    { name: "UTC", offset: 0 },
  ];
  const names = (search: string) => zonesFound(zones, "Europe/Stockholm", search).map(({ name }) => name);

  test("stand with how far they are from UTC", () => {
    expect(zones.map(zoneText)).toEqual([
      "(UTC−03:30) America/St_Johns",
      "(UTC+05:30) Asia/Kolkata",
      "(UTC+01:00) Europe/Berlin",
      "(UTC+01:00) Europe/Stockholm",
      "(UTC+00:00) UTC",
    ]);
  });

  test("are found by city or hours, the nearest first", () => {
    expect(names("")).toEqual(["Europe/Stockholm", "Europe/Berlin", "UTC", "America/St_Johns", "Asia/Kolkata"]);
    expect(names("st johns")).toEqual(["America/St_Johns"]);
    expect(names("-03:30")).toEqual(["America/St_Johns"]);
    expect(names("atlantis")).toEqual([]);
  });
});
