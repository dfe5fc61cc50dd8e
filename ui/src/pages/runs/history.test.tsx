import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { ExportRow, RunDay } from "../../api";
import { failure, type Handlers } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage } from "../../test/render";
import { run } from "./fixture";

const exported: ExportRow = {
  id: "exp-1",
  name: "Spring in Norway",
  product: "autopilot",
  connection: { id: "con-1", name: "Ljungvidde" },
  practice: false,
  audience: { id: "aud-1", name: "Customers" },
  segments: [],
  created_at: "2026-01-01T00:00:00Z",
  last_run: run,
  progress: null,
  held: [],
  forecast: null,
  schedule: { mode: "system", recurrence: null },
  next_run: null,
  pending: false,
};

const days: RunDay[] = [
  { day: "2026-11-23", runs: 3, created: 778, updated: 3_620, removed: 587, failed: 20 },
  { day: "2026-11-25", runs: 2, created: 402, updated: 1_377, removed: 91, failed: 16 },
];

const engine = (more: Handlers = {}): Handlers => ({
  export_list: () => [exported],
  run_days: () => days,
  run_list: ({ part }) => ({
    rows: Array.from({ length: Math.min(part.limit, 412 - part.offset) }, (_, index) => ({
      ...run,
      id: `run-${String(part.offset + index + 1)}`,
      status: index === 1 ? ("failed" as const) : run.status,
    })),
    total: 412,
  }),
  run_get: () => {
    throw failure("not_found");
  },
  ...more,
});

/** So few that every row is rendered; there is no layout here that a long list could be placed in. */
const short: Handlers = {
  run_list: () => ({
    rows: Array.from({ length: 40 }, (_, index) => ({
      ...run,
      id: `run-${String(index + 1)}`,
      status: index === 1 ? ("failed" as const) : run.status,
    })),
    total: 40,
  }),
};

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, now: new Date(2026, 10, 25, 14, 0) });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the history", () => {
  test("asks for a long history in parts, and says how long it is", async () => {
    const { host } = await renderPage("/runs", engine());
    expect(await screen.findByText("412 runs")).toBeVisible();
    expect(screen.getByRole("grid", { name: "Runs" })).toHaveAttribute("aria-rowcount", "413");
    for (const { part } of host.asked("run_list")) expect(part.limit).toBeLessThanOrEqual(500);
  });

  test("shows runs with their status in words, and opens one", async () => {
    const { user, router } = await renderPage("/runs", engine(short));
    const grid = await screen.findByRole("grid", { name: "Runs" });
    expect(await screen.findByText("40 runs")).toBeVisible();
    expect(within(grid).getByText("Failed")).toBeVisible();
    expect(within(grid).getAllByText("Completed with errors")).toHaveLength(39);
    const [link] = await within(grid).findAllByRole("link", { name: "Spring in Norway" });
    expect(link).toBeDefined();
    await user.click(link as HTMLElement);
    await waitFor(() => {
      expect(router.state.location.pathname).toMatch(/^\/runs\/run-\d+$/u);
    });
  });

  test("draws every day of the window: bars, and a dash where nothing ran", async () => {
    await renderPage("/runs", engine());
    const chart = await screen.findByRole("img", { name: /created.*updated.*left.*failed in 5 runs/u });
    expect(chart.querySelectorAll("g[data-day]")).toHaveLength(14);
    expect(chart.querySelectorAll('g[data-day="2026-11-23"] rect[data-part]')).toHaveLength(4);
    expect(chart.querySelector('g[data-day="2026-11-24"]')?.textContent).toContain("–");
    expect(chart.querySelectorAll('g[data-day="2026-11-24"] rect[data-part]')).toHaveLength(0);
    // The bars of a day are as high as its people.
    const heights = [...chart.querySelectorAll('g[data-day="2026-11-23"] rect[data-part]')].map((bar) =>
      Number(bar.getAttribute("height")),
    );
    expect((heights[1] ?? 0) / (heights[0] ?? 1)).toBeCloseTo(3_620 / 778, 0);
  });

  test("has the same as a table, for everybody and always for screen readers", async () => {
    const { user } = await renderPage("/runs", engine());
    const table = await screen.findByRole("table", { name: "People by day" });
    expect(within(table).getAllByRole("row")).toHaveLength(16);
    await user.click(screen.getByRole("button", { name: "Show as table" }));
    const shown = await screen.findByRole("region", { name: "People by day, as a table" });
    const day = within(shown).getByRole("row", { name: /23 Nov/u });
    expect(within(day).getAllByRole("cell").map((cell) => cell.textContent)).toEqual([
      "23 Nov 2026",
      "778",
      "3,620",
      "587",
      "20",
      "3",
    ]);
    expect(within(shown).getByRole("row", { name: /24 Nov 2026/u })).toHaveTextContent("–");
    await expectAccessible();
  });

  test("asks for the days on this computer's calendar, and for another period", async () => {
    const { user, host, router } = await renderPage("/runs", engine());
    await screen.findByRole("table", { name: "People by day" });
    expect(host.asked("run_days")[0]).toMatchObject({ from: "2026-11-12", to: "2026-11-25", export: null });
    await user.click(screen.getByRole("combobox", { name: "Period" }));
    await user.click(await screen.findByRole("option", { name: "Last 30 days" }));
    await waitFor(() => {
      expect(host.asked("run_days").at(-1)).toMatchObject({ from: "2026-10-27", to: "2026-11-25" });
    });
    expect(router.state.location.search).toMatchObject({ days: 30 });
  });

  test("filters by export and status in the engine, and keeps both in the address", async () => {
    const { user, host, router } = await renderPage("/runs?export=exp-1", engine());
    await waitFor(() => {
      expect(host.asked("run_list").at(-1)).toMatchObject({ export: "exp-1", statuses: [] });
    });
    expect(host.asked("run_days")[0]).toMatchObject({ export: "exp-1" });
    await user.click(screen.getByRole("combobox", { name: "Status" }));
    await user.click(await screen.findByRole("menuitemcheckbox", { name: "Failed" }));
    await waitFor(() => {
      expect(host.asked("run_list").at(-1)).toMatchObject({ export: "exp-1", statuses: ["failed"] });
    });
    expect(router.state.location.search).toMatchObject({ export: "exp-1", statuses: ["failed"] });
    await user.keyboard("{Escape}");
    await user.click(screen.getByRole("button", { name: "Clear the filters" }));
    await waitFor(() => {
      expect(host.asked("run_list").at(-1)).toMatchObject({ export: null, statuses: [] });
    });
  });

  test("says in the tooltip why a command cannot be done, and opens the selected run by keyboard", async () => {
    const { user, router } = await renderPage("/runs", engine(short));
    expect(await screen.findByRole("button", { name: "Open" })).toHaveAttribute("aria-disabled", "true");
    const grid = await screen.findByRole("grid", { name: "Runs" });
    const [row] = await within(grid).findAllByRole("row", { name: /Spring in Norway/u });
    row?.focus();
    await user.keyboard(" ");
    await waitFor(() => {
      expect(screen.getByRole("button", { name: "Open" })).not.toHaveAttribute("aria-disabled", "true");
    });
    await user.keyboard("{Enter}");
    await waitFor(() => {
      expect(router.state.location.pathname).toMatch(/^\/runs\/run-\d+$/u);
    });
  });

  test("says that nothing has run yet", async () => {
    await renderPage("/runs", engine({ run_list: () => ({ rows: [], total: 0 }) }));
    expect(await screen.findByText("Nothing has run yet")).toBeVisible();
    await expectAccessible();
  });

  test("is an error in words where the engine has no answer", async () => {
    await renderPage(
      "/runs",
      engine({
        run_list: () => {
          throw failure("database");
        },
      }),
    );
    expect(await screen.findByText("The database cannot be used")).toBeVisible();
  });

  test.each([
    ["en", "light"],
    ["en", "dark"],
    ["sv", "light"],
    ["sv", "dark"],
  ] as const)("has no violation, %s %s", async (language, theme) => {
    await renderPage("/runs", engine(), { language, theme });
    await screen.findByText(language === "en" ? "412 runs" : "412 körningar");
    await screen.findByRole("img");
    await expectAccessible();
  });

  test("tells classes apart by patterns in high contrast", async () => {
    await renderPage("/runs", engine(), { theme: "high_contrast" });
    const chart = await screen.findByRole("img");
    const fills = [...chart.querySelectorAll('g[data-day="2026-11-23"] rect[data-part]')].map((bar) => bar.getAttribute("fill"));
    expect(new Set(fills).size).toBe(4);
    for (const fill of fills) {
      const id = /^url\(#(.+)\)$/u.exec(fill ?? "")?.[1] ?? "";
      expect(chart.querySelector(`pattern[id="${id}"]`)).not.toBeNull();
    }
  });
});

test("says what began each run, marks the late ones, and says why one was skipped", async () => {
  const rows = [
    { ...run, id: "run-1", trigger: "system_refresh" as const, late: true },
    { ...run, id: "run-2", trigger: "schedule" as const },
    { ...run, id: "run-3", trigger: "command_line" as const },
    { ...run, id: "run-4", trigger: "system_refresh" as const, status: "skipped" as const, reason: "bad_file: people.csv cannot be read." },
  ];
  const { host } = await renderPage("/runs", engine({ run_list: () => ({ rows, total: rows.length }) }));
  const late = await screen.findByText("late");
  expect(late).toHaveAttribute("title", "It began late: Segue was closed or the computer slept at its time.");
  const triggers = ["System refresh", "Own schedule", "Command line", "System refresh"];
  expect(screen.getAllByText(/^(?:System refresh|Own schedule|Command line)$/u).map((cell) => cell.textContent)).toEqual(triggers);
  expect(screen.getByText("Skipped")).toHaveAttribute("aria-description", "Skipped. The file cannot be used");
  expect(host.asked("run_list").length).toBeGreaterThan(0);
});
