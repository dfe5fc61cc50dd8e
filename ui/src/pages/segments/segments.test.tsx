// The page of segments: table, commands, questions, and the pane to look at one.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import { failure } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage } from "../../test/render";
import { audience, segmentEngine, stored } from "../../test/segments";

const row = (name: string) => screen.findByRole("row", { name: new RegExp(name) });

describe("the table", () => {
  test("shows kind, users, members and when they were counted", async () => {
    await renderPage("/segments", segmentEngine());
    const trail = await row("Trail runners");
    expect(trail).toHaveTextContent("Rule");
    expect(trail).toHaveTextContent("Newsletter");
    expect(trail).toHaveTextContent("8,462");
    expect(await row("Norway")).toHaveTextContent("SQL condition");
    expect(await row("Gift card owners")).toHaveTextContent("File");
    expect(await row("Newsletter readers")).toHaveTextContent("Membership");
    const uncounted = await row("Deep one");
    expect(uncounted).toHaveTextContent("Not counted");
    expect(uncounted).toHaveTextContent("Never");
    expect(screen.getByText("5 segments")).toBeVisible();
  });

  test("asks the engine to sort and to search", async () => {
    const { user, host, router } = await renderPage("/segments", segmentEngine());
    await row("Trail runners");
    await user.click(screen.getByRole("button", { name: /Members/ }));
    await waitFor(() => {
      expect(host.asked("segment_list").at(-1)).toMatchObject({ sort: "members" });
    });
    await user.type(screen.getByRole("searchbox"), "nor");
    await waitFor(() => {
      expect(host.asked("segment_list").at(-1)).toMatchObject({ search: "nor" });
    });
    await waitFor(() => {
      expect(screen.queryByRole("row", { name: /Trail/ })).toBeNull();
    });
    expect(router.state.location.search).toMatchObject({ search: "nor" });
    await user.clear(screen.getByRole("searchbox"));
    await user.type(screen.getByRole("searchbox"), "nobody");
    expect(await screen.findByText("No segment is called “nobody”.")).toBeVisible();
  });

  test("asks for parts of ten thousand only", async () => {
    const [first] = stored;
    if (first === undefined) throw new Error("There is no segment.");
    const many = Array.from({ length: 10_000 }, (_, index): (typeof stored)[number] => {
      const number = String(index).padStart(5, "0");
      return [{ ...first[0], id: `seg-${number}`, name: `Segment ${number}` }, first[1]];
    });
    const { host } = await renderPage("/segments", segmentEngine(many));
    expect(await screen.findByText("10,000 segments")).toBeVisible();
    expect(screen.getAllByRole("row").length).toBeLessThan(200);
    expect(host.asked("segment_list").every(({ part }) => part.limit <= 500)).toBe(true);
  });

  test("says why a command waits, and does it for what is selected", async () => {
    const { user, host } = await renderPage("/segments", segmentEngine());
    const refresh = () => screen.findByRole("button", { name: "Refresh" });
    expect(await refresh()).toHaveAttribute("aria-disabled", "true");
    await user.click(await screen.findByRole("checkbox", { name: "Select Norway" }));
    await user.click(screen.getByRole("checkbox", { name: "Select Deep one" }));
    expect(screen.getByRole("button", { name: "Edit" })).toHaveAttribute("aria-disabled", "true");
    let answer: (done: object) => void = () => undefined;
    host.handle({ segment_refresh: () => new Promise((resolve) => (answer = resolve)) });
    await user.dblClick(await refresh());
    answer({});
    expect(await screen.findByText("2 segments were counted again.")).toBeVisible();
    expect(host.asked("segment_refresh").map(({ ids }) => ids.toSorted())).toEqual([["seg-deep", "seg-norway"]]);
  });

  test("works by keyboard: arrows, space, enter", async () => {
    const { user, router } = await renderPage("/segments", segmentEngine());
    const first = await row("Deep one");
    first.focus();
    await user.keyboard("{ArrowDown} ");
    expect(await row("Gift card owners")).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("dialog", { name: /Gift card owners/ })).toBeVisible();
    expect(router.state.location.search).toMatchObject({ view: "seg-file" });
  });
});

describe("questions", () => {
  test("removes, and names the exports that use a segment", async () => {
    const { user, host } = await renderPage("/segments", segmentEngine());
    await user.click(await screen.findByRole("checkbox", { name: "Select Trail runners" }));
    await user.click(screen.getByRole("button", { name: "Remove" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByRole("link", { name: "Newsletter" })).toHaveAttribute("href", expect.stringContaining("exports"));
    expect(within(dialog).getByRole("button", { name: "Remove" })).toHaveAttribute("aria-disabled", "true");
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    await user.click(screen.getByRole("checkbox", { name: "Select Trail runners" }));
    await user.click(screen.getByRole("checkbox", { name: "Select Norway" }));
    await user.click(screen.getByRole("button", { name: "Remove" }));
    await user.dblClick(within(await screen.findByRole("dialog")).getByRole("button", { name: "Remove" }));
    expect(await screen.findByText("1 segment was removed.")).toBeVisible();
    expect(host.asked("segment_remove")).toEqual([{ id: "seg-norway" }]);
  });

  test("says why the engine did not remove", async () => {
    const { user, host } = await renderPage("/segments", segmentEngine());
    host.handle({
      segment_remove: () => {
        throw failure("in_use", "The memberships file names the segment.");
      },
    });
    await user.click(await screen.findByRole("checkbox", { name: "Select Newsletter readers" }));
    await user.click(screen.getByRole("button", { name: "Remove" }));
    await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Remove" }));
    expect(await screen.findByText("The memberships file names the segment.")).toBeInTheDocument();
  });

  test("duplicates under a new name, and keeps the name that is taken in view", async () => {
    const { user, host } = await renderPage("/segments", segmentEngine());
    host.handle({
      segment_save: () => {
        throw failure("name_taken");
      },
    });
    await user.click(await screen.findByRole("checkbox", { name: "Select Norway" }));
    await user.click(screen.getByRole("button", { name: "Create duplicate" }));
    const name = await screen.findByRole("textbox", { name: /Display name/ });
    expect(name).toHaveValue("Norway copy");
    await user.keyboard("{Enter}");
    expect(await screen.findByText("There is already a segment called that.")).toBeVisible();
    expect(name).toHaveValue("Norway copy");
    host.handle({ segment_save: segmentEngine().segment_save });
    await user.keyboard("{Enter}");
    expect(await screen.findByText("“Norway copy” was made.")).toBeVisible();
    expect(host.asked("segment_save").at(-1)).toMatchObject({ name: "Norway copy", rule: { kind: "where" } });
  });

  test("renames from the menu of the row", async () => {
    const { user, host } = await renderPage("/segments", segmentEngine());
    await user.click(await screen.findByRole("button", { name: "More actions for Norway" }));
    await user.click(await screen.findByRole("menuitem", { name: "Rename" }));
    const name = await screen.findByRole("textbox", { name: /Display name/ });
    await user.clear(name);
    await user.type(name, "Norge{Enter}");
    expect(await screen.findByText("The segment is called “Norge” now.")).toBeVisible();
    expect(host.asked("segment_rename")).toEqual([{ id: "seg-norway", name: "Norge" }]);
  });

  test("downloads to the place that the user names", async () => {
    const { user, host } = await renderPage("/segments", {
      ...segmentEngine(),
      window_save_file: () => ({ path: "/home/anna/norway.csv" }),
    });
    await user.click(await screen.findByRole("checkbox", { name: "Select Norway" }));
    await user.click(screen.getByRole("button", { name: "Download as CSV" }));
    await waitFor(() => {
      expect(host.asked("segment_download")).toEqual([{ id: "seg-norway", path: "/home/anna/norway.csv" }]);
    });
  });
});

describe("a segment to look at", () => {
  test("has its figures, chart with a table, rule in words and members", async () => {
    const { user, host } = await renderPage("/segments?view=seg-trail", segmentEngine());
    const pane = await screen.findByRole("dialog");
    expect(await within(pane).findByText("6.6%")).toBeVisible();
    expect(within(pane).getByText("8,301")).toBeVisible();
    expect(host.asked("rule_count")[0]).toMatchObject({ email: "EMail" });
    expect(await within(pane).findByRole("img", { name: /lowest 8,400, highest 8,462, now 8,462/ })).toBeVisible();
    await user.click(within(pane).getByRole("button", { name: "Show as table" }));
    expect(within(pane).getByRole("cell", { name: "8,400" })).toBeVisible();
    expect(within(pane).getByText(/City is any of Umeå, Göteborg/)).toBeVisible();
    expect(within(pane).getByText(/Email Subscriber is No/)).toBeVisible();
    expect(await within(pane).findByText("ebba.lindqvist@post.example")).toBeVisible();
    expect(within(pane).getByText("The first 2 of 8,462")).toBeVisible();
    expect(within(pane).getByRole("link", { name: "Newsletter" })).toBeVisible();
    await expectAccessible();
    await user.click(within(pane).getByRole("button", { name: "Edit" }));
    expect(await screen.findByRole("dialog", { name: /Edit segment/ })).toBeVisible();
  });

  test("says that it is gone", async () => {
    await renderPage("/segments?view=seg-nothing", segmentEngine());
    const pane = await screen.findByRole("dialog");
    expect(await within(pane).findByRole("alert")).toHaveTextContent("It is not there any more");
  });
});

describe("nothing yet", () => {
  test("offers the first segment, or the data before it", async () => {
    const { user, router, unmount } = await renderPage("/segments", segmentEngine([]));
    await user.click(within(await screen.findByRole("main")).getAllByRole("button", { name: "New segment" }).at(-1) as HTMLElement);
    expect(router.state.location.search).toMatchObject({ edit: "new" });
    unmount();
    const second = await renderPage("/segments", segmentEngine([], []));
    expect(await screen.findByRole("heading", { name: "Segments need people" })).toBeVisible();
    expect(screen.getByRole("button", { name: "New segment" })).toHaveAttribute("aria-disabled", "true");
    await expectAccessible();
    await second.user.click(screen.getByRole("button", { name: "Add data source" }));
    expect(second.router.state.location.pathname).toBe("/data");
  });

  test("an error of the engine takes the place of the table, and can be tried again", async () => {
    const { user, host } = await renderPage("/segments", {
      ...segmentEngine(),
      segment_list: () => {
        throw failure("database", "The database is damaged.");
      },
    });
    expect(await screen.findByRole("alert")).toBeVisible();
    host.handle({ segment_list: segmentEngine().segment_list });
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await row("Norway")).toBeVisible();
  });
});

test("no violation, in both languages and themes", async () => {
  for (const language of ["en", "sv"] as const) {
    for (const theme of ["light", "dark"] as const) {
      const { unmount } = await renderPage("/segments", segmentEngine(stored, [audience, { ...audience, id: "aud-2", name: "Outlet" }]), { language, theme });
      expect(await row("Trail runners")).toHaveTextContent(language === "en" ? "Rule" : "Regel");
      await expectAccessible();
      unmount();
    }
  }
});
