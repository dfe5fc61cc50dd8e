import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";

import { failure } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage } from "../../test/render";
import { connectionOf } from "../setup/fixture";
import { exportOf, forecastOf, progressOf, ROWS, runOf } from "./fixture";
import { REST } from "./forecasts";

afterEach(() => {
  vi.useRealTimers();
});

/** Lets the page rest so long that forecasts are asked. */
const rest = () => vi.advanceTimersByTimeAsync(REST);
const row = (name: RegExp) => screen.findByRole("row", { name });
const command = (name: string) => screen.getByRole("button", { name });
const isOff = (button: HTMLElement) => button.getAttribute("aria-disabled") === "true";

test("the list says what is well, what waits and what would happen", async () => {
  await renderPage("/exports", { export_list: () => ROWS });
  expect(await row(/Club newsletter.*16 people were rejected/u)).toBeVisible();
  expect(await row(/Trail runners.*Successful.*214 sent, 8,087 unchanged/u)).toBeVisible();
  expect(await row(/Win-back.*Waiting for your decision.*“Lapsed customers” lost 61%/u)).toBeVisible();
  expect(await row(/Students.*No Connection.*Not started.*Never/u)).toBeVisible();
  expect(screen.getAllByText("If you ran it now: 34 new, 61 changed, 12 leave, 161 cannot be sent")).toHaveLength(3);
  // The window of the tests is narrow: two of the columns are there for wider ones.
  const columns = screen.getAllByRole("columnheader", { hidden: true }).map((head) => head.textContent);
  expect(columns.slice(1)).toEqual(["Display name", "Type", "Status", "Refreshed", "Schedule", "Connection used", "Created"]);
});

test("the window is shown with the list in it, which waits for no words of its own", async () => {
  let names: unknown[] | undefined;
  await renderPage("/exports", {
    export_list: () => ROWS,
    window_ready: () => {
      names ??= screen.queryAllByRole("checkbox", { name: /^Select (?!all)/u });
      return null;
    },
  });
  expect(names).toHaveLength(ROWS.length);
});

test("a failed run says why in a few words, where it has a code", async () => {
  const failed = runOf("e1", "failed");
  await renderPage("/exports", {
    export_list: () => [
      exportOf("e1", "Too many", { last_run: { ...failed, reason: "over_limit: 12 people over the limit." } }),
      exportOf("e3", "No file", { last_run: { ...failed, reason: "bad_file: people.csv cannot be read. Choose another." } }),
      exportOf("e2", "Broken off", { last_run: { ...failed, reason: "The account did not answer.", resumable: true } }),
    ],
  });
  expect(await row(/Too many.*Failed.*Over the limit/u)).toBeVisible();
  expect(await row(/No file.*Failed.*The file cannot be used/u)).toBeVisible();
  expect(await row(/Broken off.*Failed.*It kept its place/u)).toBeVisible();
});

test.each(["light", "dark"] as const)("the list, a menu and each question are accessible in %s", async (theme) => {
  const { user } = await renderPage("/exports", { export_list: () => ROWS, connection_list: () => [] }, { theme });
  await row(/Club newsletter/u);
  await expectAccessible();
  await user.click(await screen.findByRole("button", { name: "More actions for Students" }));
  await expectAccessible();
  await user.click(screen.getByRole("menuitem", { name: "Copy as command" }));
  expect(await navigator.clipboard.readText()).toBe("segue export run Students");
  await user.click(await screen.findByRole("button", { name: "More actions for Students" }));
  await user.click(screen.getByRole("menuitem", { name: "Attach connection" }));
  await screen.findByRole("dialog");
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  for (const name of ["Create duplicate", "Detach connection", "Remove"]) {
    await user.click(await row(/Trail runners/u));
    await user.click(command(name));
    await screen.findByRole("dialog");
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Cancel" }));
  }
});

test("headings sort, and the search finds or says that nothing is called so", async () => {
  const { user } = await renderPage("/exports", { export_list: () => ROWS });
  await row(/Club newsletter/u);
  const names = () => screen.getAllByRole("row").flatMap((one) => /^(?:Select )?(Club|Trail|Win|Students)/u.exec(one.textContent ?? "")?.[1] ?? []);
  expect(names()).toEqual(["Club", "Students", "Trail", "Win"]);
  await user.click(screen.getByRole("button", { name: "Display name" }));
  expect(names()).toEqual(["Win", "Trail", "Students", "Club"]);
  expect(screen.getByRole("columnheader", { name: "Display name" })).toHaveAttribute("aria-sort", "descending");
  await user.click(screen.getByRole("button", { name: "Status" }));
  expect(names()[0], "what waits for somebody stands first").toBe("Win");
  await user.type(screen.getByRole("searchbox"), "xyz");
  expect(await screen.findByText(/No export is called “xyz”/u)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Clear" }));
  expect(await row(/Club newsletter/u)).toBeVisible();
});

test("commands wait for a selection and say why", async () => {
  const { user } = await renderPage("/exports", { export_list: () => ROWS });
  await row(/Club newsletter/u);
  for (const name of ["Edit", "Run", "Preview", "Create duplicate", "Detach connection", "Remove"]) {
    expect(isOff(command(name)), name).toBe(true);
  }
  await user.hover(command("Run"));
  expect(await screen.findByRole("tooltip", { name: "Select an export first." })).toBeVisible();
  await user.click(await row(/Students/u));
  expect(isOff(command("Run")), "it has no connection").toBe(true);
  expect(isOff(command("Attach connection"))).toBe(false);
  await user.click(screen.getByRole("checkbox", { name: "Select all" }));
  expect(screen.getByRole("button", { name: /^4 selected/u })).toBeVisible();
  expect(isOff(command("Edit")), "one at a time").toBe(true);
  expect(isOff(command("Run")), "three of them can run").toBe(false);
});

test("Run begins one run however often it is pressed, and says so", async () => {
  let answer: (() => void) | undefined;
  const { user, host } = await renderPage("/exports", {
    export_list: () => ROWS,
    export_run: () =>
      new Promise((resolve) => {
        answer = () => {
          resolve({ runs: [{ export: { id: "e2", name: "Trail runners" }, run: "r9", error: null }] });
        };
      }),
  });
  await user.click(await row(/Trail runners/u));
  await user.dblClick(command("Run"));
  expect(host.asked("export_run")).toEqual([{ exports: ["e2"] }]);
  answer?.();
  expect(await screen.findByText("“Trail runners” is running.")).toBeVisible();
});

test("a run that is refused is said in words", async () => {
  const { user } = await renderPage("/exports", {
    export_list: () => ROWS,
    export_run: () => ({
      runs: [
        {
          export: { id: "e2", name: "Trail runners" },
          run: null,
          error: { code: "over_limit", message: "", help: "", retryable: false },
        },
      ],
    }),
  });
  await user.click(await row(/Trail runners/u));
  await user.click(command("Run"));
  expect(await screen.findByText(/“Trail runners” did not start: Too many people/u)).toBeVisible();
});

test("a running row moves with its events and can be canceled once", async () => {
  const running = exportOf("e1", "Club newsletter", { last_run: runOf("e1", "processing"), progress: progressOf("e1", 100) });
  const { user, host } = await renderPage("/exports", { export_list: () => [running], run_cancel: () => ({}) });
  expect(await row(/Processing.*100 of 68,198/u)).toBeVisible();
  host.emit({ event: "run_progress", data: progressOf("e1", 41_280) });
  expect(await row(/41,280 of 68,198.*388\/s · 1\smin 10/u)).toBeVisible();
  expect(screen.queryByText(/If you ran it now/u), "it runs").toBeNull();
  await user.dblClick(screen.getByRole("button", { name: "Cancel job" }));
  expect(host.asked("run_cancel")).toEqual([{ id: "run-e1" }]);
  expect(await screen.findByText("Finishing the requests under way …")).toBeVisible();
});

test("forecasts are asked one after another and once", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  let under = 0;
  let most = 0;
  const rows = ["a", "b", "c"].map((id) => exportOf(id, `Export ${id}`, { forecast: id === "c" ? forecastOf({ outdated: true }) : null }));
  const { host } = await renderPage("/exports", {
    export_list: () => rows,
    export_forecast: async ({ id }) => {
      under += 1;
      most = Math.max(most, under);
      await Promise.resolve();
      under -= 1;
      if (id === "b") throw failure("unreachable");
      return forecastOf({ new: 1, changed: 0, leaving: 0, invalid: 0, at: "2026-11-25T09:00:00Z" });
    },
  });
  await row(/Export c/u);
  await rest();
  await waitFor(() => {
    expect(host.asked("export_forecast").map(({ id }) => id)).toEqual(["a", "b", "c"]);
  });
  await waitFor(() => {
    expect(screen.getAllByText("If you ran it now: 1 new, 0 changed, 0 leave, 0 cannot be sent")).toHaveLength(2);
  });
  expect(most).toBe(1);
  host.emit({ event: "changed", data: { what: ["exports"] } });
  await waitFor(() => {
    expect(host.asked("export_list").length).toBeGreaterThan(1);
  });
  expect(host.asked("export_forecast"), "nothing has changed for them").toHaveLength(3);
});

test("nothing is forecast before the page has rested, and while a pane is open", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const rows = [exportOf("a", "Idle", { forecast: null })];
  const { user, host } = await renderPage("/exports", {
    export_list: () => rows,
    export_forecast: () => forecastOf(),
    connection_list: () => [],
  });
  await row(/Idle/u);
  await user.click(command("Add destination"));
  expect(await screen.findByRole("textbox", { name: "Display name" })).toBeVisible();
  await rest();
  await rest();
  expect(host.asked("export_forecast")).toEqual([]);
  await user.keyboard("{Escape}");
  await waitFor(() => {
    expect(host.asked("export_forecast")).toEqual([{ id: "a" }]);
  });
});

test("nothing is forecast while a run is under way", async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const idle = exportOf("a", "Idle", { forecast: null });
  let rows = [idle, exportOf("b", "Busy", { last_run: runOf("b", "processing"), forecast: null })];
  const { host } = await renderPage("/exports", { export_list: () => rows, export_forecast: () => forecastOf() });
  await row(/Busy/u);
  await rest();
  expect(host.asked("export_forecast")).toEqual([]);
  rows = [idle, exportOf("b", "Busy", { last_run: runOf("b", "successful") })];
  host.emit({ event: "run_ended", data: runOf("b", "successful") });
  await waitFor(() => {
    expect(host.asked("export_forecast")).toEqual([{ id: "a" }]);
  });
});

test("held removals: let them go, or keep everyone", async () => {
  const { user, host } = await renderPage("/exports", {
    export_list: () => ROWS,
    export_keep_held: () => ({}),
    export_run: () => ({ runs: [{ export: { id: "e3", name: "Win-back, autumn" }, run: "r9", error: null }] }),
  });
  await row(/Win-back/u);
  await user.click(screen.getByRole("button", { name: "Decide" }));
  const dialog = await screen.findByRole("dialog");
  expect(within(dialog).getByRole("row", { name: /Lapsed customers 1,000 610 390/u })).toBeVisible();
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "Keep everyone" }));
  await waitFor(() => {
    expect(host.asked("export_keep_held")).toEqual([{ id: "e3" }]);
  });
  await user.click(await screen.findByRole("button", { name: "Decide" }));
  await user.click(await screen.findByRole("button", { name: "Let this run remove them" }));
  await waitFor(() => {
    expect(host.asked("export_run")).toEqual([{ exports: ["e3"], allow_loss: true }]);
  });
});

test("removing leaves people on the lists unless it is asked", async () => {
  const { user, host } = await renderPage("/exports", { export_list: () => ROWS, export_remove: () => ({}) });
  for (const empty of [false, true]) {
    await user.click(await row(/Trail runners/u));
    await user.click(command("Remove"));
    const dialog = await screen.findByRole("dialog", { name: "Remove “Trail runners”?" });
    if (empty) await user.click(within(dialog).getByRole("checkbox", { name: "Take off everyone Segue put there" }));
    await user.click(within(dialog).getByRole("button", { name: "Remove" }));
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
  }
  expect(host.asked("export_remove")).toEqual([
    { id: "e2", empty_lists: false },
    { id: "e2", empty_lists: true },
  ]);
});

test("a failed removal keeps the question open and says why", async () => {
  const { user } = await renderPage("/exports", {
    export_list: () => ROWS,
    export_remove: () => {
      throw failure("busy");
    },
  });
  await user.click(await row(/Trail runners/u));
  await user.click(command("Remove"));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Remove" }));
  expect(await within(screen.getByRole("dialog")).findByRole("alert")).toBeVisible();
});

test("a copy needs a name of its own", async () => {
  const { user, host } = await renderPage("/exports", {
    export_list: () => ROWS,
    export_duplicate: () => {
      throw failure("name_taken");
    },
  });
  await user.click(await row(/Trail runners/u));
  await user.click(command("Create duplicate"));
  const field = await screen.findByRole("textbox", { name: /Display name/u });
  expect(field).toHaveValue("Trail runners (copy)");
  await user.clear(field);
  await user.type(field, "Students");
  expect(screen.getByRole("alert")).toHaveTextContent("There is already an export called “Students”.");
  await user.clear(field);
  await user.type(field, "Another{Enter}");
  await waitFor(() => {
    expect(host.asked("export_duplicate")).toEqual([{ id: "e2", name: "Another" }]);
  });
  expect(await screen.findByRole("alert")).toHaveTextContent("There is already an export called “Another”.");
});

test("by keys alone: arrows move, Space selects, Ctrl+Enter runs, Ctrl+Shift+P previews", async () => {
  const { user, host, router } = await renderPage("/exports", {
    export_list: () => ROWS,
    export_run: () => ({ runs: [{ export: { id: "e2", name: "Trail runners" }, run: "r9", error: null }] }),
  });
  const first = await row(/Club newsletter/u);
  first.focus();
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(document.activeElement).toHaveTextContent("Trail runners");
  await user.keyboard(" ");
  expect(await row(/Trail runners/u)).toHaveAttribute("aria-selected", "true");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(host.asked("export_run")).toEqual([{ exports: ["e2"] }]);
  await user.keyboard("{Control>}{Shift>}P{/Shift}{/Control}");
  await waitFor(() => {
    expect(router.state.location.pathname).toBe("/exports/e2/preview");
  });
});

test("Run all runs a few at once, and lists many first", async () => {
  const few = [exportOf("a", "One"), exportOf("b", "Two"), exportOf("c", "Three", { connection: null })];
  const many = Array.from({ length: 12 }, (_, at) => exportOf(`x${String(at)}`, `Export ${String(at)}`));
  let rows = few;
  const { user, host } = await renderPage("/exports", { export_list: () => rows, export_run: () => ({ runs: [] }) });
  await row(/One/u);
  await user.click(command("Run all"));
  expect(host.asked("export_run")).toEqual([{ exports: ["a", "b"] }]);
  rows = many;
  host.emit({ event: "changed", data: { what: ["exports"] } });
  await row(/Export 11/u);
  await user.click(command("Run all"));
  const dialog = await screen.findByRole("dialog", { name: "Run 12 exports?" });
  expect(within(dialog).getByText("and 2 more")).toBeVisible();
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "Run all" }));
  expect(host.asked("export_run")[1]?.exports).toHaveLength(12);
});

test("nothing yet: one line and Add destination; the pane opens, and Ctrl+N opens it too", async () => {
  const { user, router } = await renderPage("/exports", { export_list: () => [], connection_list: () => [] });
  expect(await screen.findByText("There is no export destination yet")).toBeVisible();
  await expectAccessible();
  await user.keyboard("{Control>}n{/Control}");
  await waitFor(() => {
    expect(router.state.location.search).toMatchObject({ setUp: "new" });
  });
  expect(await screen.findByRole("dialog", { name: "Set up Ortto" }), "what new accounts are of").toBeVisible();
});

test.each(["light", "dark"] as const)("Discover has both tiles, with the guide and Set up, accessible in %s", async (theme) => {
  const { user, host, router } = await renderPage(
    "/exports?tab=discover",
    { export_list: () => ROWS, connection_list: () => [], window_reveal: () => null },
    { language: "sv", theme },
  );
  await screen.findByRole("heading", { name: "Autopilot (klassisk)" });
  const tiles = screen.getAllByRole("heading", { level: 2 }).map((heading) => heading.textContent);
  expect(tiles).toEqual(["Ortto", "Autopilot (klassisk)", "Vilken av de två har du?"]);
  expect(screen.getByRole("row", { name: /^Personer grupperas med\s*taggar och målgrupper\s*listor$/u })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Kör alla" }), "only the command that adds").toBeNull();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Läs mer om Autopilot" }));
  expect(host.asked("window_reveal")).toEqual([{ what: "guide_sv" }]);
  await user.click(screen.getByRole("button", { name: "Konfigurera Ortto" }));
  await waitFor(() => {
    expect(router.state.location.search).toMatchObject({ setUp: "new", product: "ortto" });
  });
  expect(await screen.findByRole("dialog", { name: "Konfigurera Ortto" })).toBeVisible();
});

test("either name finds both, since the one became the other", async () => {
  const { user } = await renderPage("/exports?tab=discover", { export_list: () => ROWS, connection_list: () => [] });
  const search = await screen.findByRole("searchbox", { name: "Search destinations" });
  const tiles = () => screen.queryAllByRole("button", { name: /^Set up / }).map((button) => button.getAttribute("aria-labelledby"));
  await user.type(search, "autopilot");
  expect(tiles()).toHaveLength(2);
  await user.clear(search);
  await user.type(search, "a tag");
  await waitFor(() => {
    expect(tiles()).toHaveLength(1);
  });
  expect(screen.getByRole("button", { name: "Set up Ortto" })).toBeVisible();
  await user.clear(search);
  await user.type(search, "mail");
  expect(await screen.findByText("No destination is called “mail”.", { exact: false })).toBeVisible();
  await expectAccessible();
  await user.click(screen.getByRole("button", { name: "Clear" }));
  await waitFor(() => {
    expect(tiles()).toHaveLength(2);
  });
});

test("an account of Ortto stands with its region, and its questions speak of tags", async () => {
  const one = exportOf("o1", "Spring", { product: "ortto", connection: { id: "c9", name: "Club" } });
  const account = connectionOf("c9", "Club");
  const { user } = await renderPage("/exports", {
    export_list: () => [one],
    connection_list: () => [
      { ...account, connection: { ...account.connection, type: "ortto", origin: "https://api.eu.ap3api.com" } },
    ],
  });
  expect(await row(/Spring\s*.*Ortto\s*EU region/u)).toBeVisible();
  await user.click(screen.getByRole("checkbox", { name: "Select Spring" }));
  await user.click(command("Detach connection"));
  expect(within(await screen.findByRole("dialog")).getByText(/Nobody loses a tag\.$/u)).toBeVisible();
});

test("in Swedish", async () => {
  await renderPage("/exports", { export_list: () => ROWS }, { language: "sv" });
  expect(await row(/Trail runners.*Klart.*214 skickade, 8\s087 oförändrade/u)).toBeVisible();
  expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Exportmål");
  expect(screen.getAllByText(/^Om du körde nu: 34 nya, 61 ändrade, 12 lämnar, 161 kan inte skickas$/u)).toHaveLength(3);
  await expectAccessible();
});

test("a list that cannot be read says so and can be read again", async () => {
  let broken = true;
  const { user } = await renderPage("/exports", {
    export_list: () => {
      if (broken) throw failure("database");
      return ROWS;
    },
  });
  const again = await screen.findByRole("button", { name: "Try again" });
  broken = false;
  await user.click(again);
  expect(await row(/Club newsletter/u)).toBeVisible();
});

test("a pencil, a double click or Enter edits; the status opens the run", async () => {
  const { user, router } = await renderPage("/exports", { export_list: () => ROWS });
  const editing = (id: string) =>
    waitFor(() => {
      expect(router.state.location.search).toMatchObject({ setUp: id });
    });
  await row(/Trail runners/u);
  await user.click(screen.getByRole("button", { name: /^Successful: open the run of Trail runners/u }));
  await waitFor(() => {
    expect(router.state.location.pathname).toBe("/runs/run-e2");
  });
  await router.navigate({ to: "/exports" });
  await user.click(await screen.findByRole("button", { name: "Edit Trail runners" }));
  await editing("e2");
});
