// Home: the first start, the way from the sample to its preview, the four cards, and the bar of the sample.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { Home, Run, Sample, Start } from "../../api";
import { failure } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage, start } from "../../test/render";

const sample: Sample = {
  audience: { id: "a1", name: "Sample customers" },
  connection: { id: "c1", name: "Practice account" },
  export: { id: "e1", name: "Sample newsletter" },
};

const nothing: Home = {
  runs: [],
  next: [],
  paused: false,
  segments: [],
  waiting: [],
  totals: { audiences: 1, segments: 3, connections: 1, exports: 1, runs: 0 },
};

const run: Run = {
  id: "r1",
  export_id: "e1",
  export: "Club newsletter",
  status: "completed_with_errors",
  reason: "",
  trigger: "manual",
  full: false,
  late: false,
  resumable: false,
  started_at: "2026-11-24T09:40:00Z",
  finished_at: "2026-11-24T09:42:00Z",
  requests: 12,
  retries: 0,
  verified: true,
  stage: "done",
  counts: {
    source: 1240,
    created: 1200,
    updated: 4,
    unchanged: 30,
    invalid: 0,
    duplicate: 0,
    excluded: 0,
    rejected: 6,
    not_attempted: 0,
    leavers_removed: 0,
    leavers_kept: 0,
    leavers_held: 0,
    leavers_failed: 0,
  },
};

const busy: Home = {
  runs: [run],
  next: [
    { export: null, at: "2026-11-25T07:30:00Z" },
    { export: { id: "e1", name: "Spring sale" }, at: "2026-11-25T16:00:00Z" },
  ],
  paused: false,
  segments: [
    { segment: { id: "s1", name: "Club members" }, members: 1240, change: 12 },
    { segment: { id: "s2", name: "Win-back" }, members: null, change: null },
    { segment: { id: "s3", name: "Trail runners" }, members: 7, change: -1 },
  ],
  waiting: [
    { kind: "held", export: { id: "e2", name: "Win-back, autumn" }, run: "r2", since: "2026-11-23T17:31:00Z", people: 41 },
    { kind: "key_refused", export: { id: "e3", name: "Old list" }, run: "r3", since: "2026-11-22T17:31:00Z", people: 1 },
    { kind: "resumable", export: { id: "e4", name: "Spring" }, run: "r4", since: "2026-11-21T17:31:00Z", people: 9 },
  ],
  totals: { audiences: 2, segments: 3, connections: 2, exports: 4, runs: 1040 },
};

const started = (change: Partial<Start>): Start => ({ ...start, ...change });

describe("the first start", () => {
  test("one click makes the sample, the next one previews its export", async () => {
    let made = false;
    const { user, host, router } = await renderPage("/home", {
      app_start: () => started(made ? { sample } : { empty: true }),
      home: () => nothing,
      sample_add: () => {
        made = true;
        return sample;
      },
    });
    await user.click(screen.getByRole("button", { name: "Try with sample data" }));
    await user.click(await screen.findByRole("button", { name: "Preview" }));
    expect(host.asked("sample_add")).toEqual([{}]);
    expect(router.state.location.pathname).toBe("/exports/e1/preview");
  });

  test("a double click makes one sample", async () => {
    const { user, host } = await renderPage("/home", {
      app_start: () => started({ empty: true }),
      sample_add: () => new Promise<Sample>(() => undefined),
    });
    await user.dblClick(screen.getByRole("button", { name: "Try with sample data" }));
    expect(host.asked("sample_add")).toHaveLength(1);
    expect(screen.getByRole("button", { name: "Making the sample …" })).toHaveAttribute("aria-disabled", "true");
  });

  test("what kept the sample from being made is said in words", async () => {
    const { user } = await renderPage("/home", {
      app_start: () => started({ empty: true }),
      sample_add: () => {
        throw failure("data_folder");
      },
    });
    await user.click(screen.getByRole("button", { name: "Try with sample data" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("The data folder cannot be used");
    expect(screen.getByRole("button", { name: "Try with sample data" })).toBeEnabled();
  });

  test("the other way leads to data, by keyboard", async () => {
    const { user, router } = await renderPage("/home", { app_start: () => started({ empty: true }) });
    screen.getByRole("button", { name: "Connect your own" }).focus();
    await user.keyboard("{Enter}");
    await waitFor(() => {
      expect(router.state.location.pathname).toBe("/data");
    });
    expect(router.state.location.search).toEqual({ add: true });
  });

  test.each([
    ["en", "light", "Welcome to Segue"],
    ["sv", "dark", "Välkommen till Segue"],
  ] as const)("is for everybody, in %s and %s", async (language, theme, title) => {
    await renderPage(
      "/home",
      { app_start: () => started({ empty: true, settings: { ...start.settings, language, theme } }) },
      { language, theme },
    );
    expect(screen.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expectAccessible();
  });
});

describe("the cards", () => {
  test("say what ran, what waits, and lead to where it is decided", async () => {
    await renderPage("/home", { home: () => busy });
    const runs = within(await screen.findByRole("region", { name: "Last runs" }));
    expect(await runs.findByText(/Completed with errors · 1,204 sent · 30 unchanged · 6 rejected/u)).toBeVisible();
    expect(runs.getByRole("link", { name: "Club newsletter" })).toHaveAttribute("href", expect.stringContaining("/runs/r1"));
    const segments = within(screen.getByRole("region", { name: "Segments" }));
    expect(segments.getByText("1,240 members")).toBeVisible();
    expect(segments.getByText("12 more than 7 days ago")).toBeVisible();
    expect(segments.getByText("1 fewer than 7 days ago")).toBeVisible();
    expect(segments.getByText("not counted yet")).toBeVisible();
    const waiting = within(screen.getByRole("region", { name: "Waiting for you" }));
    expect(waiting.getByRole("link", { name: "Decide: Win-back, autumn" })).toHaveAttribute(
      "href",
      expect.stringContaining("/exports"),
    );
    expect(waiting.getByRole("link", { name: "Change key: Old list" })).toHaveAttribute(
      "href",
      expect.stringContaining("/admin/connections"),
    );
    expect(waiting.getByRole("link", { name: "Open run: Spring" })).toHaveAttribute(
      "href",
      expect.stringContaining("/runs/r4"),
    );
    const glance = within(screen.getByRole("region", { name: "At a glance" }));
    expect(glance.getByText("1,040")).toBeVisible();
    expect(glance.getByRole("link", { name: "Data sources" })).toHaveAttribute("href", expect.stringContaining("/data"));
    expect(screen.queryByText("The sample is ready")).toBeNull();
  });

  test("say what runs next, and that nothing does while schedules are paused", async () => {
    const { host } = await renderPage("/home", { home: () => busy });
    const next = within(await screen.findByRole("region", { name: "Runs next" }));
    expect(await next.findByRole("link", { name: "System refresh" })).toHaveAttribute(
      "href",
      expect.stringContaining("tab=schedule"),
    );
    expect(next.getByRole("link", { name: "Spring sale" })).toBeVisible();
    host.handle({ home: () => ({ ...busy, paused: true }) });
    host.emit({ event: "changed", data: { what: ["schedules"] } });
    expect(await next.findByText(/^Schedules are paused\./u)).toBeVisible();
    expect(next.queryByRole("link", { name: "Spring sale" })).toBeNull();
  });

  test("say so where there is nothing", async () => {
    await renderPage("/home", { home: () => nothing });
    expect(await screen.findByText("Nothing waits for you.")).toBeVisible();
    expect(screen.getByText("Nothing has run yet.")).toBeVisible();
    expect(screen.getByText("Nothing runs by itself yet.")).toBeVisible();
    expect(screen.getByText("There is no segment yet.")).toBeVisible();
  });

  test("what cannot be read is said, and asked for again", async () => {
    let broken = true;
    const { user } = await renderPage("/home", {
      home: () => {
        if (broken) throw failure("database");
        return nothing;
      },
    });
    expect(await screen.findByRole("alert")).toHaveTextContent("The database cannot be used");
    broken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByText("Nothing waits for you.")).toBeVisible();
  });

  test("a sample that has run leads nowhere any more", async () => {
    await renderPage("/home", {
      app_start: () => started({ sample }),
      home: () => ({ ...nothing, totals: { ...nothing.totals, runs: 1 } }),
    });
    expect(await screen.findByText("Nothing waits for you.")).toBeVisible();
    expect(screen.queryByText("The sample is ready")).toBeNull();
  });

  test.each([
    ["en", "dark", "Last runs"],
    ["sv", "light", "Senaste körningar"],
  ] as const)("are for everybody, in %s and %s", async (language, theme, title) => {
    await renderPage(
      "/home",
      { home: () => busy, app_start: () => started({ sample, settings: { ...start.settings, language, theme } }) },
      { language, theme },
    );
    expect(await screen.findByRole("heading", { name: title })).toBeVisible();
    await screen.findByText("Club newsletter");
    await expectAccessible();
  });
});

describe("the bar of the sample", () => {
  test("one click removes everything, and says what", async () => {
    let gone = false;
    const { user, host } = await renderPage("/home", {
      app_start: () => started(gone ? { empty: true } : { sample }),
      home: () => nothing,
      sample_remove: () => {
        gone = true;
        return {};
      },
    });
    const bar = within(await screen.findByRole("region", { name: "Sample data" }));
    await user.click(bar.getByRole("button", { name: "Remove" }));
    expect(await screen.findByText(/The sample data was removed/u)).toBeInTheDocument();
    expect(host.asked("sample_remove")).toHaveLength(1);
    expect(await screen.findByRole("heading", { name: "Welcome to Segue" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Remove" })).toBeNull();
  });

  test("names what uses the sample", async () => {
    const { user } = await renderPage("/home", {
      app_start: () => started({ sample }),
      home: () => nothing,
      sample_remove: () => {
        throw failure("in_use", "The audience “Sample customers” is used by “My own”; nothing was removed.");
      },
    });
    const bar = within(await screen.findByRole("region", { name: "Sample data" }));
    await user.click(bar.getByRole("button", { name: "Remove" }));
    expect(await screen.findByText(/something of yours uses it: .*“My own”/u)).toBeInTheDocument();
    expect(screen.getByRole("region", { name: "Sample data" })).toBeVisible();
  });

  test("is not there without a sample", async () => {
    await renderPage("/home", { home: () => nothing });
    expect(await screen.findByText("Nothing waits for you.")).toBeVisible();
    expect(screen.queryByRole("region", { name: "Sample data" })).toBeNull();
  });
});
