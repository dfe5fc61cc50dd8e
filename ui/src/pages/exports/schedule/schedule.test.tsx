// Schedules of exports: the column, the pane for one row and for several, and what *Run all* takes.
import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { ExportRow, Recurrence, ScheduleView } from "../../../api";
import { failure, type Handlers } from "../../../host/fake";
import { expectAccessible } from "../../../test/axe";
import { renderPage } from "../../../test/render";
import { exportOf, runOf } from "../fixture";

const weekly: Recurrence = { every: "week", on: ["mon", "wed"], at: ["08:30", "17:00"], zone: "Europe/Stockholm" };
const daily: Recurrence = { every: "day", on: [], at: ["06:00"], zone: "Europe/Stockholm" };

const system: ScheduleView = {
  on: true,
  recurrence: daily,
  next: new Date(2026, 10, 26, 6, 0).toISOString(),
  paused: false,
  zone: "Europe/Stockholm",
  exports: 1,
  last: null,
};

const ROWS: ExportRow[] = [
  exportOf("e1", "With the refresh", { next_run: new Date(2026, 10, 26, 6, 0).toISOString() }),
  exportOf("e2", "Own", {
    schedule: { mode: "own", recurrence: weekly },
    next_run: new Date(2026, 10, 30, 8, 30).toISOString(),
  }),
  exportOf("e3", "Daily", { schedule: { mode: "own", recurrence: daily }, pending: true, last_run: runOf("e3", "processing") }),
  exportOf("e4", "Resting", { schedule: { mode: "off", recurrence: weekly } }),
];

const ENGINE: Handlers = {
  export_list: () => ROWS,
  schedule_get: () => system,
  zone_list: () => [
    { name: "Europe/Stockholm", offset: 60 },
    { name: "Asia/Kolkata", offset: 330 },
  ],
  export_schedule: () => ({}),
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: new Date(2026, 10, 25, 14, 0) });
});
afterEach(() => {
  vi.useRealTimers();
});

const row = (name: RegExp) => screen.findByRole("row", { name });
const button = (name: string) => within(screen.getByRole("toolbar")).getByRole("button", { name });
const isOff = (name: string) => button(name).getAttribute("aria-disabled") === "true";

/** Selects exports and opens the pane. */
async function open(user: UserEvent, ...names: string[]) {
  for (const name of names) await user.click(await screen.findByRole("checkbox", { name: `Select ${name}` }));
  await user.click(button("Schedule"));
  const pane = await screen.findByRole("dialog");
  return within(pane);
}

describe("the column", () => {
  test("says with what each runs, and when next", async () => {
    await renderPage("/exports", ENGINE);
    expect(await row(/With the refresh.*System refresh\s*Tomorrow 06:00/u)).toBeVisible();
    expect(await row(/Own.*Mon, Wed at 08:30, 17:00\s*Mon 08:30/u)).toBeVisible();
    expect(await row(/Daily.*Every day at 06:00\s*Runs once more/u)).toBeVisible();
    expect(await row(/Resting.*Off/u)).toBeVisible();
  });

  test("says that schedules are paused, and that the refresh is off", async () => {
    const rows = [exportOf("e1", "One"), exportOf("e2", "Two", { schedule: { mode: "own", recurrence: daily } })];
    const { host } = await renderPage("/exports", { ...ENGINE, export_list: () => rows });
    expect(await row(/One.*System refresh\s*The refresh is off/u)).toBeVisible();
    host.handle({ schedule_get: () => ({ ...system, paused: true }) });
    host.emit({ event: "changed", data: { what: ["schedules"] } });
    expect(await row(/One.*System refresh\s*Paused/u)).toBeVisible();
    expect(await row(/Two.*Every day at 06:00\s*Paused/u)).toBeVisible();
  });

  test("sorts: with the refresh, by their own times, off", async () => {
    const { user } = await renderPage("/exports", ENGINE);
    await row(/Resting/u);
    await user.click(within(screen.getByRole("grid")).getByRole("button", { name: "Schedule" }));
    const names = screen.getAllByRole("row").flatMap((one) => /^(?:Select )?(With|Own|Daily|Resting)/u.exec(one.textContent ?? "")?.[1] ?? []);
    expect(names).toEqual(["With", "Own", "Daily", "Resting"]);
  });

  test("in Swedish", async () => {
    await renderPage("/exports", ENGINE, { language: "sv" });
    expect(await row(/With the refresh.*System\u00ADuppdatering\s*I morgon 06:00/u)).toBeVisible();
    expect(await row(/Own.*Mån, ons kl\. 08:30, 17:00\s*Mån 08:30/u)).toBeVisible();
    expect(await row(/Daily.*Varje dag kl\. 06:00\s*Körs en gång till/u)).toBeVisible();
    expect(await row(/Resting.*Av/u)).toBeVisible();
  });
});

describe("the pane for one export", () => {
  test("switches its former schedule on again; a double click saves once", async () => {
    let answer: (() => void) | undefined;
    const { user, host } = await renderPage("/exports", {
      ...ENGINE,
      export_schedule: () =>
        new Promise((resolve) => {
          answer = () => {
            resolve({});
          };
        }),
    });
    const pane = await open(user, "Resting");
    expect(await pane.findByRole("heading", { name: "Schedule export" })).toBeVisible();
    const toggle = pane.getByRole("switch", { name: "Schedule run" });
    expect(toggle).not.toBeChecked();
    expect(pane.getByRole("checkbox", { name: "Wed" })).toBeDisabled();
    await user.click(toggle);
    expect(pane.getByRole("radio", { name: "On its own schedule" })).toBeChecked();
    await user.click(pane.getByRole("checkbox", { name: "Fri" }));
    await user.click(pane.getByRole("button", { name: "Copy as command" }));
    expect(await navigator.clipboard.readText()).toBe(
      "segue export schedule Resting --every week --on Mon,Wed,Fri --at 08:30 --at 17:00 --zone Europe/Stockholm",
    );
    await expectAccessible();
    await user.dblClick(pane.getByRole("button", { name: "Save" }));
    expect(host.asked("export_schedule")).toEqual([
      { exports: ["e4"], run: true, schedule: { mode: "own", recurrence: { ...weekly, on: ["mon", "wed", "fri"] } } },
    ]);
    answer?.();
    expect(await screen.findByText("The schedule of “Resting” was saved: Mon, Wed, Fri at 08:30, 17:00.")).toBeVisible();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("follows the refresh, keeps its recurrence, and says when that comes", async () => {
    const { user, host } = await renderPage("/exports", ENGINE);
    const pane = await open(user, "Own");
    await user.click(await pane.findByRole("radio", { name: "With the system refresh" }));
    expect(pane.getByText(/The next refresh is tomorrow 06:00: Every day at 06:00 \(Europe\/Stockholm\)\./u)).toBeVisible();
    expect(pane.queryByRole("checkbox", { name: "Fri" })).toBeNull();
    await user.click(pane.getByRole("button", { name: "Save" }));
    expect(host.asked("export_schedule")).toEqual([
      { exports: ["e2"], run: true, schedule: { mode: "system", recurrence: weekly } },
    ]);
  });

  test("switches off, from the menu of its row", async () => {
    const { user, host } = await renderPage("/exports", ENGINE);
    await user.click(await screen.findByRole("button", { name: "More actions for Own" }));
    await user.click(screen.getByRole("menuitem", { name: "Schedule" }));
    const pane = within(await screen.findByRole("dialog"));
    await user.click(await pane.findByRole("switch", { name: "Schedule run" }));
    await user.click(pane.getByRole("button", { name: "Copy as command" }));
    expect(await navigator.clipboard.readText()).toBe("segue export schedule Own --off");
    await user.click(pane.getByRole("button", { name: "Save" }));
    expect(host.asked("export_schedule")).toEqual([{ exports: ["e2"], run: false, schedule: null }]);
  });

  test("says beside the field what is wrong, and saves nothing", async () => {
    const { user, host } = await renderPage("/exports", ENGINE);
    const pane = await open(user, "Own");
    const first = await pane.findByRole("combobox", { name: "Time 1" });
    await user.clear(first);
    await user.type(first, "25:00");
    const second = pane.getByRole("combobox", { name: "Time 2" });
    await user.clear(second);
    await user.type(second, "8.15");
    await user.click(pane.getByRole("button", { name: "Add another time" }));
    await user.clear(pane.getByRole("combobox", { name: "Time 3" }));
    await user.type(pane.getByRole("combobox", { name: "Time 3" }), "08:15");
    for (const day of ["Mon", "Wed"]) await user.click(pane.getByRole("checkbox", { name: day }));
    expect(pane.queryByRole("button", { name: "Copy as command" }), "there is no such command").toBeNull();
    await user.click(pane.getByRole("button", { name: "Save" }));
    expect(await pane.findByText("Write a time from 00:00 to 23:59, for example 08:30.")).toBeVisible();
    expect(pane.getByText("This time is there already.")).toBeVisible();
    expect(pane.getByText("Choose at least one day.")).toBeVisible();
    await expectAccessible();
    expect(host.asked("export_schedule")).toEqual([]);
    await user.click(pane.getByRole("button", { name: "Remove time 3" }));
    await user.click(pane.getByRole("button", { name: "Remove time 1" }));
    await user.click(pane.getByRole("checkbox", { name: "Sun" }));
    await user.click(pane.getByRole("button", { name: "Save" }));
    expect(host.asked("export_schedule")).toEqual([
      { exports: ["e2"], run: true, schedule: { mode: "own", recurrence: { ...weekly, on: ["sun"], at: ["08:15"] } } },
    ]);
  });

  test("leads to the refresh where that is off, and asks before changes are lost", async () => {
    const { user, router } = await renderPage("/exports", {
      ...ENGINE,
      schedule_get: () => ({ ...system, on: false, next: null }),
    });
    const pane = await open(user, "With the refresh");
    expect(await pane.findByText(/The system refresh is off, so nothing runs with it yet\./u)).toBeVisible();
    await user.click(pane.getByRole("radio", { name: "On its own schedule" }));
    await user.keyboard("{Escape}");
    const question = within(await screen.findByRole("alertdialog"));
    await user.click(question.getByRole("button", { name: "Keep editing" }));
    await user.click(pane.getByRole("radio", { name: "With the system refresh" }));
    await user.click(pane.getByRole("link", { name: "Open the refresh schedule" }));
    await waitFor(() => {
      expect(router.state.location.search).toEqual({ tab: "schedule" });
    });
  });

  test("stays open and says why nothing was saved", async () => {
    const { user } = await renderPage("/exports", {
      ...ENGINE,
      export_schedule: () => {
        throw failure("database");
      },
    });
    const pane = await open(user, "Resting");
    await user.click(await pane.findByRole("switch", { name: "Schedule run" }));
    await user.click(pane.getByRole("button", { name: "Save" }));
    expect(await pane.findByRole("alert")).toHaveTextContent("The database cannot be used");
  });
});

describe("the pane for several exports", () => {
  test("keeps what each has, and switches on those that are off", async () => {
    const { user, host } = await renderPage("/exports", ENGINE);
    const pane = await open(user, "With the refresh", "Own", "Resting");
    expect(await pane.findByRole("heading", { name: "Schedule multiple exports" })).toBeVisible();
    expect(pane.getByRole("switch", { name: "Schedule run for number of exports: 3" })).toBeChecked();
    expect(pane.getByRole("radio", { name: "Keep individual schedules" })).toBeChecked();
    await expectAccessible();
    await user.click(pane.getByRole("button", { name: "Copy as command" }));
    const own = "--every week --on Mon,Wed --at 08:30 --at 17:00 --zone Europe/Stockholm";
    expect((await navigator.clipboard.readText()).split("\n").toSorted()).toEqual([
      "segue export schedule 'With the refresh' --system",
      `segue export schedule Own ${own}`,
      `segue export schedule Resting ${own}`,
    ]);
    await user.click(pane.getByRole("button", { name: "Save" }));
    const [asked] = host.asked("export_schedule");
    expect(asked).toMatchObject({ run: true, schedule: null });
    expect(asked?.exports.toSorted()).toEqual(["e1", "e2", "e4"]);
    expect(await screen.findByText("The schedules of 3 exports were saved.")).toBeVisible();
  });

  test("gives all a new one", async () => {
    const { user, host } = await renderPage("/exports", ENGINE);
    const pane = await open(user, "Own", "Resting");
    await user.click(await pane.findByRole("radio", { name: "Define new schedule for all selected exports" }));
    await user.click(pane.getByRole("radio", { name: "On its own schedule" }));
    await user.click(pane.getByRole("combobox", { name: "Repeat" }));
    await user.click(screen.getByRole("option", { name: "Daily" }));
    await user.click(pane.getByRole("combobox", { name: "Time zone" }));
    await user.clear(pane.getByRole("combobox", { name: "Time zone" }));
    await user.type(pane.getByRole("combobox", { name: "Time zone" }), "kolk");
    await user.click(await screen.findByRole("option", { name: "(UTC+05:30) Asia/Kolkata" }));
    await user.click(pane.getByRole("button", { name: "Save" }));
    expect(host.asked("export_schedule")[0]?.schedule).toEqual({
      mode: "own",
      recurrence: { every: "day", on: [], at: ["08:30"], zone: "Asia/Kolkata" },
    });
  });

  test("in Swedish", async () => {
    const { user } = await renderPage("/exports", ENGINE, { language: "sv" });
    for (const name of ["Own", "Resting"]) await user.click(await screen.findByRole("checkbox", { name: new RegExp(`${name}$`, "u") }));
    await user.click(button("Schemalägg"));
    const pane = within(await screen.findByRole("dialog"));
    expect(await pane.findByRole("heading", { name: "Schemalägg flera exporter" })).toBeVisible();
    expect(pane.getByRole("radiogroup", { name: "Behåll eller åsidosätt scheman" })).toBeVisible();
    await user.click(pane.getByRole("radio", { name: "Ange ett nytt schema för alla valda exporter" }));
    await user.click(pane.getByRole("radio", { name: "Enligt ett eget schema" }));
    const days = within(pane.getByRole("group", { name: "Varje" })).getAllByRole("checkbox");
    expect(days.map((day) => (day as HTMLInputElement).labels?.[0]?.textContent)).toEqual([
      "Mån",
      "Tis",
      "Ons",
      "Tors",
      "Fre",
      "Lör",
      "Sön",
    ]);
    await expectAccessible();
  });
});

describe("Run all", () => {
  test("takes those with an active schedule, and says which are left out", async () => {
    const { user, host } = await renderPage("/exports", { ...ENGINE, export_run: () => ({ runs: [] }) });
    await row(/Resting/u);
    await user.click(button("Run all"));
    const question = within(await screen.findByRole("dialog", { name: "Run 2 exports?" }));
    expect(question.getByText("1 is left out, as its schedule is off: “Resting”.")).toBeVisible();
    expect(question.getByText(/^1 cannot run now/u)).toBeVisible();
    await user.click(question.getByRole("button", { name: "Run all" }));
    expect(host.asked("export_run")).toEqual([{ exports: ["e1", "e2"] }]);
  });

  test("says why it cannot where no schedule is on", async () => {
    const { user } = await renderPage("/exports", {
      ...ENGINE,
      export_list: () => [exportOf("e4", "Resting", { schedule: { mode: "off", recurrence: null } })],
    });
    await row(/Resting/u);
    expect(isOff("Run all")).toBe(true);
    await user.hover(button("Run all"));
    expect(await screen.findByRole("tooltip", { name: /^No export has a schedule that is on/u })).toBeVisible();
  });
});
