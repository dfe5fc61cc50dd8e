import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { ExportDetail, Preview, PreviewView } from "../../api";
import { failure, type Handlers } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage } from "../../test/render";
import { row, view } from "./fixture";

const detail: ExportDetail = {
  id: "exp-1",
  name: "Club newsletter",
  product: "autopilot",
  connection: { id: "con-1", name: "Ljungvidde" },
  audience: { id: "aud-1", name: "Customers" },
  matching: [],
  segments: [],
  only_if: null,
  leavers: "remove",
  limit: 100_000,
  max_loss: 50,
  created_at: "2026-01-01T00:00:00Z",
  version: "1",
};

const engine = (more: Handlers = {}): Handlers => ({
  export_get: () => detail,
  preview_make: () => view,
  preview_people: ({ group }) => ({ rows: [{ ...row, group }], total: 1 }),
  export_list: () => [],
  connection_list: () => [],
  run_get: () => {
    throw failure("not_found");
  },
  ...more,
});

const of = (preview: Partial<Preview>, more: Partial<PreviewView> = {}): PreviewView => ({
  ...view,
  ...more,
  preview: { ...view.preview, ...preview },
});

const open = (more: Handlers = {}, options = {}) => renderPage("/exports/exp-1/preview", engine(more), options);

describe("a preview", () => {
  test("is an equation, and each figure shows its people", async () => {
    const { user, host } = await open();
    const equation = await screen.findByRole("group", { name: "How the profiles divide" });
    expect(equation.textContent.replaceAll(/[\s,]/gu, "")).toBe(
      "70106inthesegments−412invalid−1282duplicates−214excluded=68198people=1946new+3218changed+39failedbefore+62995unchanged587leaving",
    );
    expect(screen.getByText(/^640 requests, about 2\smin 40\ss$/u)).toBeVisible();
    await waitFor(() => {
      expect(host.asked("preview_people").at(-1)).toMatchObject({ token: "pre-1", group: "new", search: "", field: null });
    });
    await user.click(await within(equation).findByRole("button", { name: /3,218 changed/u }));
    expect(screen.getByRole("tab", { selected: true })).toHaveTextContent(/^Changed/u);
    await waitFor(() => {
      expect(host.asked("preview_people").at(-1)).toMatchObject({ group: "changed" });
    });
  });

  test("of an export to Ortto it speaks of tags", async () => {
    const { user } = await open({ export_get: () => ({ ...detail, product: "ortto" }) });
    expect(await screen.findByText(/587 people lose a tag\./u)).toBeVisible();
    expect(screen.getByText("Tags in Ljungvidde")).toBeVisible();
    await user.click(screen.getByRole("tab", { name: /^Changed/u }));
    expect(await screen.findByRole("columnheader", { name: "Tags" })).toBeVisible();
    expect(await screen.findByLabelText("Gets")).toBeVisible();
    await expectAccessible();
  });

  test("shows the old value struck through, the new one bold, and the lists", async () => {
    const { user } = await open();
    await user.click(await screen.findByRole("tab", { name: /^Changed/u }));
    expect(await screen.findByText("City: Umeå becomes Luleå")).toBeInTheDocument();
    expect(screen.getByText("Level: blank becomes Gold")).toBeInTheDocument();
    expect(getComputedStyle(screen.getByText("Umeå")).textDecorationLine).toBe("line-through");
    const grid = screen.getByRole("grid", { name: "Changed" });
    expect(within(grid).getByLabelText("Joins")).toBeInTheDocument();
    expect(within(grid).getByText("Readers")).toBeVisible();
  });

  test("searches and filters by field in the engine", async () => {
    const { user, host } = await open();
    await user.click(await screen.findByRole("tab", { name: /^Changed/u }));
    await user.type(screen.getByRole("searchbox"), "ebba");
    await waitFor(() => {
      expect(host.asked("preview_people").at(-1)).toMatchObject({ group: "changed", search: "ebba" });
    });
    await user.click(screen.getByRole("combobox", { name: "Field that changes" }));
    await user.click(await screen.findByRole("option", { name: "City" }));
    await waitFor(() => {
      expect(host.asked("preview_people").at(-1)).toMatchObject({ search: "ebba", field: "custom:City" });
    });
  });

  test("exports exactly the plan, once for two clicks, and goes to the run", async () => {
    let begin: () => void = () => undefined;
    const began = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const { user, host, router } = await open({
      preview_run: async () => {
        await began;
        return { export: view.export, run: "run-7", error: null };
      },
    });
    const button = await screen.findByRole("button", { name: "Export now" });
    await user.dblClick(button);
    begin();
    await waitFor(() => {
      expect(router.state.location.pathname).toBe("/runs/run-7");
    });
    expect(host.asked("preview_run")).toEqual([{ token: "pre-1" }]);
  });

  test.each(["thrown", "answered"])("says what has changed since, and shows the new preview (%s)", async (how) => {
    const { user, host } = await open({
      preview_run: () => {
        if (how === "thrown") throw failure("plan_changed");
        return { export: view.export, run: null, error: { code: "plan_changed", message: "", help: "", retryable: false } };
      },
    });
    const button = await screen.findByRole("button", { name: "Export now" });
    host.handle({ preview_make: () => of({ new: 1_950 }, { token: "pre-2" }) });
    await user.click(button);
    expect(await screen.findByText("It has changed since you looked")).toBeVisible();
    expect(screen.getByText("New: 1,946 before, 1,950 now")).toBeVisible();
    await waitFor(() => {
      expect(host.asked("preview_people").at(-1)).toMatchObject({ token: "pre-2" });
    });
    expect(host.asked("preview_run")).toHaveLength(1);
  });

  test("stays and says why where the run was refused for another reason", async () => {
    const { user } = await open({
      preview_run: () => {
        throw failure("no_consent");
      },
    });
    await user.click(await screen.findByRole("button", { name: "Export now" }));
    expect(await screen.findByText("Nobody has agreed to send data there")).toBeVisible();
    expect(screen.getByRole("group", { name: "How the profiles divide" })).toBeVisible();
  });

  test("tries with one person, and with the first ten", async () => {
    const { user, host, router } = await open({
      export_run: () => ({ runs: [{ export: view.export, run: "run-8", error: null }] }),
    });
    await user.click(await screen.findByRole("button", { name: "Try with one person" }));
    const dialog = await screen.findByRole("dialog");
    await user.click(within(dialog).getByRole("button", { name: "Try" }));
    expect(within(dialog).getByText("Enter an address.")).toBeVisible();
    await user.type(within(dialog).getByRole("combobox"), "ebba.lindqvist@post.example");
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Try" }));
    await waitFor(() => {
      expect(router.state.location.pathname).toBe("/runs/run-8");
    });
    expect(host.asked("export_run")).toEqual([{ exports: ["exp-1"], only: "ebba.lindqvist@post.example" }]);
  });

  test("says beside the field that the address would not be sent", async () => {
    const { user, host } = await open({
      preview_people: ({ group, search }) => ({
        rows: [{ ...row, group }].filter(({ email }) => email.includes(search ?? "")),
        total: 1,
      }),
      export_run: () => ({ runs: [{ export: view.export, run: null, error: null }] }),
    });
    await user.click(await screen.findByRole("button", { name: "Try with one person" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByRole("combobox"), "nobody@post.example");
    await user.click(within(dialog).getByRole("button", { name: "Try" }));
    expect(await within(dialog).findByText("Nobody with this address would be sent now.")).toBeVisible();
    expect(host.asked("export_run")).toEqual([]);
    await user.click(within(dialog).getByRole("radio", { name: "The first ten" }));
    await user.click(within(dialog).getByRole("button", { name: "Try" }));
    await waitFor(() => {
      expect(host.asked("export_run").at(-1)).toEqual({ exports: ["exp-1"], first: 10 });
    });
  });

  test("compares again", async () => {
    const { user, host } = await open();
    await screen.findByRole("group", { name: "How the profiles divide" });
    await user.click(screen.getByRole("button", { name: "Compare again" }));
    await waitFor(() => {
      expect(host.asked("preview_make")).toHaveLength(2);
    });
    expect(await screen.findByRole("group", { name: "How the profiles divide" })).toBeVisible();
  });

  test("compares anew on another visit", async () => {
    const { host, router } = await open();
    await screen.findByRole("group", { name: "How the profiles divide" });
    await router.navigate({ to: "/people" });
    await screen.findByRole("heading", { level: 1, name: "Find a person" });
    await router.navigate({ to: "/exports/$id/preview", params: { id: "exp-1" } });
    await screen.findByRole("group", { name: "How the profiles divide" });
    expect(host.asked("preview_make")).toHaveLength(2);
  });
});

describe("the states of a preview", () => {
  test("comparing shows skeleton figures, and nothing can be exported", async () => {
    await open({ preview_make: () => new Promise(() => undefined) });
    expect(await screen.findByLabelText("Reading, matching, comparing …")).toBeInTheDocument();
    expect(await screen.findByRole("heading", { level: 1, name: "Preview: Club newsletter" })).toBeVisible();
    expect(screen.queryByRole("button", { name: "Export now" })).toBeNull();
    await expectAccessible();
  });

  test("nothing to do disables Export now, with words", async () => {
    const { user, host } = await open({
      preview_make: () => of({ new: 0, changed: 0, retry: 0, leaving: 0, requests: 0, seconds: 0 }),
    });
    expect(await screen.findByText("Everybody is up to date")).toBeVisible();
    const button = screen.getByRole("button", { name: "Export now" });
    expect(button).toHaveAttribute("aria-disabled", "true");
    await user.click(button);
    expect(host.asked("preview_run")).toEqual([]);
  });

  test("over the limit says by how many", async () => {
    await open({
      preview_make: () =>
        of(
          {
            notes: ["“Club newsletter” selects 104218 people, 4218 more than its limit of 100000; nobody was sent."],
          },
          { over_limit: 100_000 },
        ),
    });
    expect(await screen.findByText("Over the limit by 4,218 people. Nothing can be sent.")).toBeVisible();
    expect(screen.getByRole("button", { name: "Export now" })).toHaveAttribute("aria-disabled", "true");
    expect(screen.queryByText(/nobody was sent/u)).toBeNull();
  });

  test("the guard and the contract are said before, in the language that is shown", async () => {
    await open(
      {
        preview_make: () =>
          of({
            held: 150,
            notes: [
              "“Club members” would lose 150 of 200 people, so nobody was taken off it",
              "The account holds 9000 contacts; with 1946 new ones it may hold 10946, and its contract allows 10000",
            ],
          }),
      },
      { language: "sv" },
    );
    expect(await screen.findByText("150 personer skulle inte tas bort")).toBeVisible();
    expect(screen.getByText(/avtalet tillåter 10\s000/u)).toBeVisible();
    expect(screen.queryByText(/would lose|The account holds/u)).toBeNull();
    expect(screen.getByRole("tab", { name: /^Inhållna/u })).toBeVisible();
  });

  test("a first run says so", async () => {
    await open({ preview_make: () => of({ changed: 0, unchanged: 0, retry: 0 }, { first_run: true }) });
    expect(await screen.findByText("This is the first run of the export")).toBeVisible();
    expect(await screen.findByRole("columnheader", { name: "What is sent" })).toHaveTextContent("What is sent");
  });

  test("an error is said in words, and comparing again is offered", async () => {
    let fails = true;
    const { user } = await open({
      preview_make: () => {
        if (fails) throw failure("source_changed");
        return view;
      },
    });
    expect(await screen.findByText("The data changed while it was read")).toBeVisible();
    await expectAccessible();
    fails = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("group", { name: "How the profiles divide" })).toBeVisible();
  });

  test.each([
    ["en", "light"],
    ["en", "dark"],
    ["sv", "light"],
    ["sv", "dark"],
  ] as const)("has no violation, %s %s", async (language, theme) => {
    await open({}, { language, theme });
    await screen.findByText("Ebba Lindqvist");
    await expectAccessible();
  });
});
