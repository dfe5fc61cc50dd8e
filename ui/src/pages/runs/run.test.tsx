import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { RunDetail, RunReason } from "../../api";
import { failure, type Handlers } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage } from "../../test/render";
import { counts, detail, person, progress, run, running } from "./fixture";

const reasons: RunReason[] = [
  { outcome: "rejected", reason: "refused", people: 13 },
  { outcome: "rejected", reason: "refused_before", people: 3 },
  { outcome: "invalid", reason: "malformed_email", people: 64 },
];

const engine = (answer: RunDetail, more: Handlers = {}): Handlers => ({
  run_get: () => answer,
  run_reasons: () => reasons,
  run_people: ({ outcome, reason }) => ({
    rows: [{ ...person, outcome: outcome ?? "rejected", reason: reason ?? "refused" }],
    total: 1,
  }),
  run_requests: ({ reveal }) => [
    {
      place: 34,
      kind: "upsert",
      list: null,
      people: 100,
      addresses: [reveal === true ? "ingrid.solheim@gamil.com" : "i…@g….com"],
      outcome: "accepted",
      status: 200,
      answer: "",
      begun_at: "2026-11-24T07:30:04Z",
      ended_at: "2026-11-24T07:30:04.184Z",
    },
  ],
  person_find: ({ email }) => ({ email, forgotten: false, receipts: [], runs: [] }),
  ...more,
});

/** The numbers are grouped by spaces of several kinds. */
const words = (text: string) => new RegExp(text.replaceAll(" ", String.raw`[\s   ,]`), "u");

describe("a run that ended", () => {
  test("says what it came to, in words of ours, and shows those who were rejected first", async () => {
    await renderPage("/runs/run-1", engine(detail));
    expect(await screen.findByText(/16 people were not accepted by the account\./u)).toBeVisible();
    // The engine's English sentence is under the details and nowhere else.
    expect(screen.queryByText(/refused by the account/u)).toBeNull();
    expect(screen.getByText(/started by anna on LAPTOP-7/u)).toHaveTextContent(/Took 9\ss\. 34 requests, 3 repeated\./u);
    expect(screen.getByText(/Verified: the list “Norway” has/u)).toBeVisible();
    expect(screen.getByText(words("Adds up to 9 480"))).toBeVisible();
    expect(screen.getByRole("tab", { selected: true })).toHaveTextContent("Rejected16");
    expect(await screen.findByText("The account did not accept this person.")).toBeVisible();
    expect(screen.getByText("400 · status: invalid")).toBeVisible();
    expect(screen.getByText("Perhaps ingrid.solheim@gmail.com?")).toBeVisible();
  });

  test("filters by a reason and searches in the engine, and keeps both in the address", async () => {
    const { user, host, router } = await renderPage("/runs/run-1", engine(detail));
    await user.click(await screen.findByRole("button", { name: /Refused twice 3/u }));
    await waitFor(() => {
      expect(host.asked("run_people").at(-1)).toMatchObject({ outcome: "rejected", reason: "refused_before" });
    });
    await user.type(screen.getByRole("searchbox"), "ingrid");
    await waitFor(() => {
      expect(host.asked("run_people").at(-1)).toMatchObject({ reason: "refused_before", search: "ingrid" });
    });
    expect(router.state.location.search).toMatchObject({ tab: "rejected", reason: "refused_before", search: "ingrid" });
    // Another class has other reasons.
    await user.click(screen.getByRole("tab", { name: /Invalid/u }));
    await waitFor(() => {
      expect(host.asked("run_people").at(-1)).toMatchObject({ outcome: "invalid", reason: null, search: "" });
    });
  });

  test("downloads the people of the open tab", async () => {
    const { user, host } = await renderPage(
      "/runs/run-1?tab=invalid",
      engine(detail, {
        window_save_file: () => ({ path: "/home/anna/list.csv" }),
        run_download: ({ path }) => ({ path, rows: 64 }),
        window_reveal: () => null,
      }),
    );
    await user.click(await screen.findByRole("button", { name: "Download CSV" }));
    expect(await screen.findByText("64 rows were written.")).toBeVisible();
    expect(host.asked("run_download")).toEqual([{ run: "run-1", outcome: "invalid", path: "/home/anna/list.csv" }]);
    expect(host.asked("window_save_file")[0]?.name).toBe("Spring in Norway 2026-11-24 Invalid.csv");
    await user.click(screen.getByText("Show the file"));
    expect(host.asked("window_reveal")).toEqual([{ what: "file", path: "/home/anna/list.csv" }]);
  });

  test("writes nothing where the dialog was canceled", async () => {
    const { user, host } = await renderPage(
      "/runs/run-1",
      engine(detail, { window_save_file: () => ({ path: null }) }),
    );
    await user.click(await screen.findByRole("button", { name: "Download CSV" }));
    await waitFor(() => {
      expect(host.asked("window_save_file")).toHaveLength(1);
    });
    expect(host.asked("run_download")).toEqual([]);
  });

  test("tries those again who failed, once for two clicks, and goes to the new run", async () => {
    let begin: () => void = () => undefined;
    const began = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const { user, host, router } = await renderPage(
      "/runs/run-1",
      engine(detail, {
        export_run: async () => {
          await began;
          return { runs: [{ export: { id: "exp-1", name: "Spring in Norway" }, run: "run-2", error: null }] };
        },
      }),
    );
    const button = await waitFor(() => {
      const found = screen.getAllByRole("button", { name: "Retry failed" }).at(-1);
      expect(found).toBeDefined();
      return found as HTMLElement;
    });
    await user.click(button);
    await user.click(button);
    begin();
    await waitFor(() => {
      expect(router.state.location.pathname).toBe("/runs/run-2");
    });
    expect(host.asked("export_run")).toEqual([{ exports: ["exp-1"], retry_failed: true }]);
  });

  test("does not call those failed who were not to be tried", async () => {
    const trial = { ...counts, rejected: 0, not_attempted: 16 };
    await renderPage(
      "/runs/run-1",
      engine(
        { ...detail, run: { ...run, counts: trial } },
        { run_reasons: () => [{ outcome: "not_attempted", reason: "not_chosen", people: 16 }] },
      ),
    );
    expect(await screen.findByText(/16 people were not sent, since the run tried only some\./u)).toBeVisible();
    const retries = screen.queryAllByRole("button", { name: "Retry failed" });
    expect(retries.filter((button) => button.closest('[role="toolbar"]') === null)).toEqual([]);
  });

  test("says why a retry did not begin", async () => {
    const { user } = await renderPage(
      "/runs/run-1",
      engine(detail, {
        export_run: () => ({
          runs: [
            {
              export: { id: "exp-1", name: "Spring in Norway" },
              run: null,
              error: { code: "key_refused", message: "no", help: "", retryable: false },
            },
          ],
        }),
      }),
    );
    await screen.findAllByRole("button", { name: "Retry failed" });
    await user.click(screen.getAllByRole("button", { name: "Retry failed" }).at(-1) as HTMLElement);
    expect(await screen.findByText("“Spring in Norway” did not start: The account refused the key")).toBeVisible();
  });

  test("shows requests redacted until they are revealed", async () => {
    const { user, host } = await renderPage("/runs/run-1?tab=requests", engine(detail));
    expect(await screen.findByText("i…@g….com")).toBeVisible();
    expect(screen.getByText("184 ms")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Reveal addresses" }));
    expect(await screen.findByText("ingrid.solheim@gamil.com")).toBeVisible();
    expect(host.asked("run_requests").map(({ reveal }) => reveal)).toEqual([false, true]);
  });

  test("says that the details were dropped, and asks for nobody", async () => {
    const { host } = await renderPage("/runs/run-1", engine({ ...detail, details_dropped_at: "2026-12-24T00:00:00Z" }));
    expect(await screen.findByText("The details have been dropped")).toBeVisible();
    expect(host.asked("run_people")).toEqual([]);
    expect(screen.getByRole("button", { name: "Download CSV" })).toHaveAttribute("aria-disabled", "true");
  });

  test("goes on where it kept its place", async () => {
    const { user, host } = await renderPage(
      "/runs/run-1",
      engine(
        {
          ...detail,
          run: { ...run, status: "failed", resumable: true, reason: "unreachable: The account does not answer." },
        },
        { run_resume: () => ({ export: { id: "exp-1", name: "Spring in Norway" }, run: "run-1", error: null }) },
      ),
    );
    const alert = await screen.findByText("The account does not answer");
    expect(alert).toBeVisible();
    expect(screen.getByText(/Go on sends only what is missing/u)).toBeVisible();
    const buttons = screen.getAllByRole("button", { name: "Go on" });
    await user.click(buttons.at(-1) as HTMLElement);
    await waitFor(() => {
      expect(host.asked("run_resume")).toEqual([{ id: "run-1" }]);
    });
    // One primary thing to do: no retry beside it.
    const retries = screen.queryAllByRole("button", { name: "Retry failed" });
    expect(retries.filter((button) => button.closest('[role="toolbar"]') === null)).toEqual([]);
  });

  test("lets decide about held removals", async () => {
    const { user, host, router } = await renderPage(
      "/runs/run-1",
      engine(
        { ...detail, held: [{ title: "Norway", members: 200, leaving: 150 }], run: { ...run, counts: { ...counts, leavers_held: 150 } } },
        {
          export_run: () => ({ runs: [{ export: { id: "exp-1", name: "Spring in Norway" }, run: "run-3", error: null }] }),
        },
      ),
    );
    await user.click(await screen.findByRole("button", { name: "Decide" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByText("Norway")).toBeVisible();
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Let this run remove them" }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe("/runs/run-3");
    });
    expect(host.asked("export_run")).toEqual([{ exports: ["exp-1"], allow_loss: true }]);
  });

  test("opens all that is known of a person from the keyboard", async () => {
    const { user } = await renderPage("/runs/run-1", engine(detail));
    const row = (await screen.findByText("400 · status: invalid")).closest("tr") as HTMLElement;
    act(() => {
      row.focus();
    });
    await user.keyboard("{Enter}");
    expect(await screen.findByText("Segue knows nothing of this address")).toBeVisible();
    await expectAccessible();
  });

  test("is an error in words where it is not there", async () => {
    await renderPage("/runs/run-9", {
      run_get: () => {
        throw failure("not_found");
      },
    });
    expect(await screen.findByText("It is not there any more")).toBeVisible();
    await expectAccessible();
  });
});

describe("a run refused by the limit", () => {
  const refused: RunDetail = {
    ...detail,
    run: { ...run, status: "failed", requests: 0, verified: null, counts: { ...counts, source: 0 } },
    planned_at: null,
    lists: [],
    over_limit: { addresses: 104_218, limit: 100_000 },
  };

  test("says by how many, and what each segment adds", async () => {
    const { user, host, router } = await renderPage(
      "/runs/run-1",
      engine(refused, {
        export_get: () => ({
          id: "exp-1",
          name: "Winter sale",
          product: "autopilot",
          connection: { id: "con-1", name: "Ljungvidde" },
          audience: { id: "aud-1", name: "Customers" },
          matching: [{ target: "Email", column: "EMail", blank: "skip", unfit: "invalid" }],
          segments: [
            { id: "s1", name: "Club members", title: null },
            { id: "s2", name: "Gift card owners", title: null },
          ],
          only_if: null,
          leavers: "remove",
          limit: 100_000,
          max_loss: 50,
          created_at: "2026-01-01T00:00:00Z",
          version: "1",
        }),
        export_total: () => ({
          memberships: 110_000,
          profiles: 106_902,
          addresses: 104_218,
          each: [
            { id: "s1", members: 52_318, only_here: 38_904, without: 65_314 },
            { id: "s2", members: 2_115, only_here: 1_204, without: 103_014 },
          ],
        }),
        export_list: () => [],
        connection_list: () => [],
      }),
    );
    expect(await screen.findByText(words("Over the limit by 4 218 people. Nothing was sent."))).toBeVisible();
    const club = await screen.findByRole("row", { name: /Club members/u });
    expect(within(club).getByText("fits")).toBeVisible();
    expect(within(screen.getByRole("row", { name: /Gift card owners/u })).getByText("still over")).toBeVisible();
    expect(host.asked("export_total")[0]).toMatchObject({ audience: "aud-1", email: "EMail", segments: ["s1", "s2"] });
    await expectAccessible();
    await user.click(screen.getByRole("button", { name: "Choose segments" }));
    await waitFor(() => {
      expect(router.state.location).toMatchObject({ pathname: "/exports", search: { setUp: "exp-1" } });
    });
  });
});

describe("a run under way", () => {
  beforeEach(() => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("shows the stage that moves, and what has happened so far", async () => {
    await renderPage("/runs/run-1", engine(running));
    expect(await screen.findByText(words("1 200 of 4 000 people"))).toBeVisible();
    expect(screen.getByText("388 a second")).toBeVisible();
    expect(screen.getByText(/^1\smin 10\ss left$/u)).toBeVisible();
    expect(screen.getByText("12 requests, 3 repeated")).toBeVisible();
    expect(screen.getByRole("progressbar", { name: "Progress of Deliver" })).toHaveAttribute("aria-valuenow", "0.3");
    expect(screen.getByText(words("What happened to 9 480 profiles so far"))).toBeVisible();
    await expectAccessible();
  });

  test("is read again every second, and shows its end though no event came", async () => {
    let answer: RunDetail = running;
    const { host } = await renderPage("/runs/run-1", engine(running, { run_get: () => answer }));
    await screen.findByText("388 a second");
    answer = { ...running, progress: { ...progress, done: 2_000, per_second: 390 } };
    await act(() => vi.advanceTimersByTimeAsync(1_100));
    expect(await screen.findByText("390 a second")).toBeVisible();
    answer = detail;
    await act(() => vi.advanceTimersByTimeAsync(1_100));
    expect(await screen.findByRole("tab", { selected: true })).toHaveTextContent("Rejected");
    const asked = host.asked("run_get").length;
    await act(() => vi.advanceTimersByTimeAsync(5_000));
    expect(host.asked("run_get")).toHaveLength(asked);
  });

  test("takes no figure from an event, but looks again", async () => {
    const { host } = await renderPage("/runs/run-1", engine(running));
    await screen.findByText("388 a second");
    const before = host.asked("run_get").length;
    act(() => {
      host.emit({ event: "run_progress", data: { ...progress, done: 3_999, per_second: 999 } });
    });
    await waitFor(() => {
      expect(host.asked("run_get").length).toBe(before + 1);
    });
    expect(screen.queryByText("999 a second")).toBeNull();
  });

  test("says aloud at most one sentence in ten seconds", async () => {
    let answer: RunDetail = running;
    await renderPage("/runs/run-1", engine(running, { run_get: () => answer }));
    await screen.findByText("388 a second");
    const said = new Set<string>();
    const listen = () => {
      for (const region of screen.getAllByRole("status")) {
        if (/Deliver: /u.test(region.textContent)) said.add(region.textContent);
      }
    };
    for (let second = 1; second <= 25; second += 1) {
      answer = { ...running, progress: { ...progress, done: 1_200 + second } };
      await act(() => vi.advanceTimersByTimeAsync(1_000));
      listen();
    }
    expect(said.size).toBeGreaterThan(0);
    expect(said.size).toBeLessThanOrEqual(3);
  });

  test("cancels once, and says that it finishes what is under way", async () => {
    const { user, host } = await renderPage("/runs/run-1", engine(running, { run_cancel: () => ({}) }));
    const button = await screen.findByRole("button", { name: "Cancel job" });
    await user.click(button);
    await user.click(button);
    expect((await screen.findAllByText("Finishing the requests under way …"))[0]).toBeVisible();
    expect(host.asked("run_cancel")).toEqual([{ id: "run-1" }]);
  });

  test("says what it waits for", async () => {
    const waiting = "the account (no network); the next try is in 8 s";
    await renderPage("/runs/run-1", engine({ ...running, progress: { ...progress, waiting } }), { language: "sv" });
    expect(await screen.findByText(/Nästa försök görs om 8 sekunder/u)).toBeVisible();
    expect(screen.queryByText(/no network/u)).toBeNull();
  });
});

describe.each(["en", "sv"] as const)("in %s", (language) => {
  test.each(["light", "dark"] as const)("has no violation, %s", async (theme) => {
    for (const answer of [detail, running]) {
      const { unmount } = await renderPage("/runs/run-1", engine(answer), { language, theme });
      await screen.findByText(language === "en" ? /^What happened to/u : /^Vad som (hände|hänt) med/u);
      await expectAccessible();
      unmount();
    }
  });
});
