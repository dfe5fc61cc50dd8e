// The refresh of everything: its commands, the details by stage, and how it goes on while one looks.
import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import { failure, type Handlers } from "../../../host/fake";
import { expectAccessible } from "../../../test/axe";
import { renderPage } from "../../../test/render";
import { audience, refresh, row, run, status } from "../fixture";
import { runOf, stagesOf } from "./stages";

const ran = run({
  trigger: "system_refresh",
  status: "successful",
  reason: "",
  started_at: "2026-11-24T08:32:00Z",
  finished_at: "2026-11-24T08:33:00Z",
});
const skipped = run({
  ...ran,
  id: "r2",
  export_id: "e2",
  export: "Spring",
  status: "skipped",
  reason: "bad_file: The file /data/leads.csv is not there.",
});

const failed = audience({
  id: "a2",
  name: "Leads",
  state: "failed",
  profiles: null,
  segments: 0,
  reason: "bad_file: The file /data/leads.csv is not there.",
});

/** A refresh of two data sources, one of which could not be read. */
const after: Handlers = {
  system_status: () =>
    status({
      audiences: [
        { audience: { id: "a1", name: "Customers" }, profiles: 41_280, refreshed_at: "2026-11-24T08:31:00Z", trouble: "" },
        {
          audience: { id: "a2", name: "Leads" },
          profiles: 12,
          refreshed_at: "2026-11-20T08:31:00Z",
          trouble: "bad_file: The file /data/leads.csv is not there.",
        },
      ],
      exports: [
        { export: { id: "e1", name: "Club newsletter" }, run: ran, next: "2026-11-25T08:30:00Z" },
        { export: { id: "e2", name: "Spring" }, run: skipped, next: null },
      ],
      processes: [{ kind: "refresh", status: "completed_with_errors", at: "2026-11-24T08:34:00Z", reason: "" }],
      refresh: refresh({ audiences: [audience(), failed] }),
      next: "2026-11-25T08:30:00Z",
    }),
  export_list: () => [
    row({ last_run: ran }),
    row({ id: "e2", name: "Spring", audience: { id: "a2", name: "Leads" }, last_run: skipped }),
  ],
};

const progress = () => screen.findByRole("dialog", { name: "Progress details" });

describe("the details of a refresh", () => {
  test("say of each stage how much was refreshed, and why something was not", async () => {
    const { user } = await renderPage("/admin/system", after);
    expect((await screen.findAllByText(/^Next: .*08:30|^Next: /u)).length).toBe(2);
    const leads = within(screen.getByRole("row", { name: /Leads/u }));
    expect(leads.getByText("The file cannot be used")).toBeVisible();
    await user.click(leads.getByRole("button", { name: "Failed: progress details of Leads" }));
    const pane = within(await progress());
    expect(await pane.findByText("Total run time: 4 min", { normalizer: blanks })).toBeVisible();
    expect(pane.getByText("3 of 6 processes succeeded")).toBeVisible();
    const [sources, segments, exports] = pane.getAllByRole("listitem").filter((item) => item.querySelector("h3") !== null);
    if (sources === undefined || segments === undefined || exports === undefined) throw new Error("There are three stages.");
    for (const stage of [sources, segments, exports]) expect(within(stage).getByText(/1 of 2 refreshed/u)).toBeVisible();
    // The stage of what was clicked is open.
    expect(within(sources).getByText("The file /data/leads.csv is not there.")).toBeVisible();
    expect(within(sources).getByText("Skipped because of it: Spring.")).toBeVisible();
    await user.click(within(exports).getByRole("button", { name: "See details: Export destinations" }));
    expect(within(exports).getByRole("link", { name: "Spring" })).toHaveAttribute("href", expect.stringContaining("/runs/r2"));
    await user.click(within(segments).getByRole("button", { name: "See details: Segments" }));
    expect(within(segments).getByText(/3 segments/u)).toBeVisible();
    await expectAccessible();
  });

  test("are said in Swedish", async () => {
    const { user } = await renderPage("/admin/system", after, { language: "sv", theme: "dark" });
    await user.click(await screen.findByRole("button", { name: "Slutförd med fel: förloppsinformation för Systemuppdatering" }));
    const pane = within(await screen.findByRole("dialog", { name: "Förloppsinformation" }));
    expect(await pane.findByText("3 av 6 processer lyckades")).toBeVisible();
    await user.click(pane.getByRole("button", { name: "Visa information: Datakällor" }));
    expect(pane.getByText("Filen går inte att använda")).toBeVisible();
    await expectAccessible();
  });
});

/** The blank between number and unit does not break. */
const blanks = (text: string) => text.replaceAll("\u00a0", " ");

describe("a refresh of everything", () => {
  test("begins once, moves with its events, and can be canceled", async () => {
    const { user, host } = await renderPage("/admin/system", {
      ...after,
      refresh_now: () => ({}),
      refresh_cancel: () => ({}),
    });
    const all = await screen.findByRole("button", { name: "Refresh all" });
    await screen.findByRole("row", { name: /Leads/u });
    expect(screen.queryByRole("button", { name: "Cancel job" })).toBeNull();
    await user.dblClick(all);
    expect(host.asked("refresh_now")).toEqual([{}]);
    const going = refresh({
      started_at: "2026-11-24T10:00:00Z",
      finished_at: null,
      due_at: null,
      audiences: [audience({ state: "counting" }), audience({ ...failed, state: "queued", reason: "" })],
    });
    act(() => {
      host.emit({ event: "refresh", data: going });
    });
    const leads = within(screen.getByRole("row", { name: /Leads/u }));
    await user.click(await leads.findByRole("button", { name: "Queued: progress details of Leads" }));
    const pane = within(await progress());
    expect(await pane.findByText("Somebody asked for it.")).toBeVisible();
    act(() => {
      host.emit({
        event: "refresh",
        data: { ...going, audiences: [audience(), audience({ ...failed, state: "reading", reason: "" })] },
      });
    });
    expect(await pane.findAllByText(/^Processing/u)).not.toHaveLength(0);
    await user.dblClick(pane.getByRole("button", { name: "Cancel job" }));
    expect(host.asked("refresh_cancel")).toEqual([{}]);
    act(() => {
      host.emit({ event: "refresh", data: { ...going, finished_at: "2026-11-24T10:01:00Z" } });
    });
    await waitFor(() => {
      expect(screen.queryByRole("button", { name: "Cancel job" })).toBeNull();
    });
    // The rest of the status is read again.
    await waitFor(() => {
      expect(host.asked("system_status").length).toBeGreaterThan(1);
    });
  });

  test("says why it cannot begin", async () => {
    const { user } = await renderPage("/admin/system", {
      ...after,
      refresh_now: () => {
        throw failure("busy");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Refresh all" }));
    expect(await screen.findByText("It is running already")).toBeVisible();
  });
});

describe("the stages", () => {
  test("of a refresh whose process died are canceled where they were not done", () => {
    const died = refresh({ finished_at: null, audiences: [audience(), audience({ id: "a2", state: "reading" })] });
    const [sources, segments, exports] = stagesOf(died, false, [row()]);
    expect(sources?.steps.map((step) => step.status)).toEqual(["successful", "canceled"]);
    expect(segments?.steps.map((step) => step.status)).toEqual(["successful", "canceled"]);
    expect(exports).toEqual({ id: "exports", steps: [], status: "not_started", done: 0 });
  });

  test("of one that was canceled say so", () => {
    const canceled = refresh({ audiences: [audience(), audience({ id: "a2", state: "canceled" })] });
    const [sources, segments] = stagesOf(canceled, false, []);
    expect(sources?.steps.map((step) => step.status)).toEqual(["successful", "canceled"]);
    expect(segments?.steps.map((step) => step.status)).toEqual(["successful", "canceled"]);
  });

  test("of one that goes on let exports wait that go with it", () => {
    const going = refresh({ finished_at: null, audiences: [audience({ state: "counting" })] });
    const rows = [row(), row({ id: "e2", schedule: { mode: "off", recurrence: null } })];
    const [sources, segments, exports] = stagesOf(going, true, rows);
    expect([sources?.status, segments?.status, exports?.status]).toEqual(["successful", "processing", "queued"]);
    expect(exports?.steps).toHaveLength(1);
  });

  test("take in no run of somebody else, and none from before", () => {
    const now = refresh();
    expect(runOf(now, ran)).toBe(ran);
    expect(runOf(now, { ...ran, trigger: "schedule" })).toBeNull();
    expect(runOf(now, { ...ran, started_at: "2026-11-23T08:32:00Z" })).toBeNull();
    expect(runOf(now, null)).toBeNull();
  });
});
