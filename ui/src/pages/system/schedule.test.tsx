// The tab *Schedule*: the system refresh on and off, when, what runs with it, and the pause of all schedules.
import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { Recurrence, ScheduleView } from "../../api";
import { failure, type Handlers } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage } from "../../test/render";

const weekly: Recurrence = { every: "week", on: ["mon", "tue"], at: ["08:30"], zone: "Europe/Stockholm" };

const off: ScheduleView = {
  on: false,
  recurrence: null,
  next: null,
  paused: false,
  zone: "Europe/Stockholm",
  exports: 0,
  last: null,
};

const on: ScheduleView = {
  ...off,
  on: true,
  recurrence: weekly,
  next: new Date(2026, 10, 26, 8, 30).toISOString(),
  exports: 3,
};

const ENGINE: Handlers = {
  schedule_get: () => off,
  schedule_set: (schedule) => ({ ...off, ...schedule, next: on.next }),
  schedule_pause: ({ paused }) => ({ ...on, paused, next: paused ? null : on.next }),
  refresh_now: () => ({}),
  zone_list: () => [{ name: "Europe/Stockholm", offset: 60 }],
};

const PAGE = "/admin/system?tab=schedule";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 25, 14, 0) });
});
afterEach(() => {
  vi.useRealTimers();
});

const save = () => screen.getByRole("button", { name: "Save" });
const isOff = (element: HTMLElement) => element.getAttribute("aria-disabled") === "true";

test("is grey while it is off, and offers the mornings of working days", async () => {
  const { user, host } = await renderPage(PAGE, ENGINE);
  expect(await screen.findByRole("heading", { name: "Refresh schedule" })).toBeVisible();
  const days = within(screen.getByRole("group", { name: "Every" })).getAllByRole("checkbox");
  expect(days.map((day) => (day as HTMLInputElement).labels?.[0]?.textContent)).toEqual(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]);
  for (const name of ["Repeat", "Time zone", "Time 1"]) expect(screen.getByRole("combobox", { name })).toBeDisabled();
  for (const day of days) expect(day).toBeDisabled();
  expect(isOff(save())).toBe(true);
  expect(screen.getByText("The system refresh is off.")).toBeVisible();
  expect(screen.getByText(/No export runs with it yet\./u)).toBeVisible();
  await user.click(screen.getByRole("switch", { name: "Refresh by schedule" }));
  expect(screen.getByRole("combobox", { name: "Time zone" })).toHaveValue("(UTC+01:00) Europe/Stockholm");
  await user.click(screen.getByRole("button", { name: "Copy as command" }));
  expect(await navigator.clipboard.readText()).toBe(
    "segue schedule --every week --on Mon,Tue,Wed,Thu,Fri --at 08:30 --zone Europe/Stockholm",
  );
  await user.dblClick(save());
  expect(host.asked("schedule_set"), "once, however often it is pressed").toEqual([
    { on: true, recurrence: { ...weekly, on: ["mon", "tue", "wed", "thu", "fri"] } },
  ]);
  expect(await screen.findByText("The refresh schedule was saved: Mon–Fri at 08:30 (Europe/Stockholm).")).toBeVisible();
});

test("takes up to four times, which are chosen, typed and removed by keyboard", async () => {
  const { user, host } = await renderPage(PAGE, { ...ENGINE, schedule_get: () => on });
  const add = await screen.findByRole("button", { name: "Add another time" });
  await user.click(add);
  expect(screen.getByRole("combobox", { name: "Time 2" })).toHaveFocus();
  await user.clear(screen.getByRole("combobox", { name: "Time 2" }));
  await user.keyboard("1715{Tab}");
  expect(screen.getByRole("combobox", { name: "Time 2" })).toHaveValue("17:15");
  await user.click(add);
  await user.click(screen.getByRole("combobox", { name: "Time 3" }));
  await user.click(screen.getByRole("option", { name: "20:00" }));
  await user.click(add);
  expect(screen.getByText("Four times a day are the most.")).toBeVisible();
  expect(isOff(add)).toBe(true);
  screen.getByRole("button", { name: "Remove time 4" }).focus();
  await user.keyboard("{Enter}");
  expect(add, "the focus is not lost").toHaveFocus();
  await user.click(save());
  expect(host.asked("schedule_set")).toEqual([{ on: true, recurrence: { ...weekly, at: ["08:30", "17:15", "20:00"] } }]);
});

test("says beside the field what is wrong, and why the engine refused", async () => {
  const { user, host } = await renderPage(PAGE, {
    ...ENGINE,
    schedule_get: () => on,
    schedule_set: () => {
      throw failure("database");
    },
  });
  for (const name of ["Mon", "Tue"]) await user.click(await screen.findByRole("checkbox", { name }));
  await user.click(save());
  expect(await screen.findByText("Choose at least one day.")).toBeVisible();
  await expectAccessible();
  expect(host.asked("schedule_set")).toEqual([]);
  await user.click(screen.getByRole("checkbox", { name: "Sat" }));
  await user.click(save());
  expect(await screen.findByRole("alert")).toHaveTextContent("The database cannot be used");
});

test("is switched off with its schedule kept, and asks before changes are lost", async () => {
  const { user, host } = await renderPage(PAGE, { ...ENGINE, schedule_get: () => on });
  expect(await screen.findByText("Tomorrow 08:30")).toBeVisible();
  expect(screen.getByText(/3 exports run with it\./u)).toBeVisible();
  await user.click(screen.getByRole("switch", { name: "Refresh by schedule" }));
  await user.click(screen.getByRole("tab", { name: "About" }));
  const question = within(await screen.findByRole("alertdialog"));
  await user.click(question.getByRole("button", { name: "Keep editing" }));
  await user.click(screen.getByRole("button", { name: "Copy as command" }));
  expect(await navigator.clipboard.readText()).toBe("segue schedule --off");
  await user.click(save());
  expect(host.asked("schedule_set")).toEqual([{ on: false, recurrence: weekly }]);
  expect(await screen.findByText("The system refresh no longer runs by itself. Its schedule is kept.")).toBeVisible();
});

test("a change from elsewhere is shown, but not over what is being changed here", async () => {
  const { user, host } = await renderPage(PAGE, { ...ENGINE, schedule_get: () => on });
  expect(await screen.findByRole("combobox", { name: "Time 1" })).toHaveValue("08:30");
  host.handle({ schedule_get: () => ({ ...on, recurrence: { ...weekly, at: ["09:00"] } }) });
  host.emit({ event: "changed", data: { what: ["schedules"] } });
  await waitFor(() => {
    expect(screen.getByRole("combobox", { name: "Time 1" })).toHaveValue("09:00");
  });
  await user.click(screen.getByRole("checkbox", { name: "Fri" }));
  host.handle({ schedule_get: () => ({ ...on, exports: 4 }) });
  host.emit({ event: "changed", data: { what: ["schedules"] } });
  expect(await screen.findByText(/4 exports run with it\./u)).toBeVisible();
  expect(screen.getByRole("combobox", { name: "Time 1" })).toHaveValue("09:00");
});

test("pauses and resumes all schedules, once each", async () => {
  let paused = false;
  const { user, host } = await renderPage(PAGE, {
    ...ENGINE,
    schedule_get: () => ({ ...on, paused, next: paused ? null : on.next }),
    schedule_pause: (request) => {
      ({ paused } = request);
      return { ...on, paused };
    },
  });
  await user.dblClick(await screen.findByRole("button", { name: "Pause schedules" }));
  expect(await screen.findByText("None while schedules are paused.")).toBeVisible();
  await user.dblClick(screen.getByRole("button", { name: "Resume schedules" }));
  expect(await screen.findByText("Tomorrow 08:30")).toBeVisible();
  expect(host.asked("schedule_pause")).toEqual([{ paused: true }, { paused: false }]);
});

test("refreshes at once, and says how that goes as it goes", async () => {
  const { user, host } = await renderPage(PAGE, { ...ENGINE, schedule_get: () => on });
  await user.dblClick(await screen.findByRole("button", { name: "Refresh now" }));
  expect(host.asked("refresh_now")).toHaveLength(1);
  const refresh = { started_at: new Date(2026, 10, 25, 14, 0).toISOString(), finished_at: null, due_at: null, late: false, audiences: [] };
  host.emit({ event: "refresh", data: refresh });
  expect(await screen.findByText("A refresh has been under way since today 14:00.")).toBeVisible();
  const last = { ...refresh, late: true, finished_at: new Date(2026, 10, 25, 14, 4).toISOString() };
  host.handle({ schedule_get: () => ({ ...on, last }) });
  host.emit({ event: "refresh", data: last });
  expect(await screen.findByText("Last refresh: today 14:00, late.")).toBeVisible();
});

test("says what cannot be read, and reads it again", async () => {
  let broken = true;
  const { user } = await renderPage(PAGE, {
    ...ENGINE,
    schedule_get: () => {
      if (broken) throw failure("database");
      return on;
    },
  });
  const again = await screen.findByRole("button", { name: "Try again" });
  broken = false;
  await user.click(again);
  expect(await screen.findByRole("heading", { name: "Refresh schedule" })).toBeVisible();
});

test.each([
  ["en", "dark", "Refresh schedule", "Resume schedules"],
  ["sv", "light", "Uppdateringsschema", "Återuppta scheman"],
] as const)("is for everybody, in %s and %s", async (language, theme, title, resume) => {
  await renderPage(PAGE, { ...ENGINE, schedule_get: () => ({ ...on, paused: true, next: null }) }, { language, theme });
  expect(await screen.findByRole("heading", { name: title })).toBeVisible();
  expect(screen.getByRole("button", { name: resume })).toBeVisible();
  await expectAccessible();
});
