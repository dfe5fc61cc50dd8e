// System: what was done last in groups that fold, the settings, and what Segue is.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { Run, SystemStatus } from "../../api";
import { failure } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage, start } from "../../test/render";

const run: Run = {
  id: "r1",
  export_id: "e1",
  export: "Club newsletter",
  status: "failed",
  reason: "key_refused",
  trigger: "manual",
  full: false,
  late: false,
  resumable: true,
  started_at: "2026-11-24T09:40:00Z",
  finished_at: null,
  requests: 1,
  retries: 0,
  verified: null,
  stage: "read",
  counts: {
    source: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    invalid: 0,
    duplicate: 0,
    excluded: 0,
    rejected: 0,
    not_attempted: 0,
    leavers_removed: 0,
    leavers_kept: 0,
    leavers_held: 0,
    leavers_failed: 0,
  },
};

const status: SystemStatus = {
  audiences: [{ audience: { id: "a1", name: "Customers" }, profiles: 41_280, refreshed_at: "2026-11-24T05:00:00Z" }],
  exports: [
    { export: { id: "e1", name: "Club newsletter" }, run },
    { export: { id: "e2", name: "Spring" }, run: null },
  ],
};

describe("what was done last", () => {
  test("leads to the data source and to the run", async () => {
    await renderPage("/admin/system", { system_status: () => status });
    const data = await screen.findByRole("link", { name: "Successful: open the data source Customers" });
    expect(data).toHaveAttribute("href", expect.stringContaining("audience=a1"));
    expect(screen.getByText("41,280 profiles")).toBeVisible();
    const failed = screen.getByRole("link", { name: "Failed: open the run of Club newsletter" });
    expect(failed).toHaveAttribute("href", expect.stringContaining("/runs/r1"));
    const never = within(screen.getByRole("row", { name: /Spring/u }));
    expect(never.getByText("Not started")).toBeVisible();
    expect(never.getByText("Never")).toBeVisible();
  });

  test("folds by keyboard, one group or all", async () => {
    const { user } = await renderPage("/admin/system", { system_status: () => status });
    const fold = await screen.findByRole("button", { name: "Fold Exports (2)" });
    fold.focus();
    await user.keyboard("{Enter}");
    expect(screen.queryByText("Spring")).toBeNull();
    expect(screen.getByText("Customers")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Fold all" }));
    expect(screen.queryByText("Customers")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Unfold all" }));
    expect(screen.getByText("Spring")).toBeVisible();
  });

  test("says where there is nothing, and what cannot be read", async () => {
    let broken = true;
    const { user } = await renderPage("/admin/system", {
      system_status: () => {
        if (broken) throw failure("database");
        return { audiences: [], exports: [] };
      },
    });
    expect(await screen.findByRole("alert")).toHaveTextContent("The database cannot be used");
    broken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findAllByText("There is nothing here yet.")).toHaveLength(2);
  });
});

describe("the settings", () => {
  test("hold at once and are kept", async () => {
    const { user, host } = await renderPage("/admin/system?tab=settings");
    await user.click(await screen.findByRole("combobox", { name: "Language" }));
    await user.click(screen.getByRole("option", { name: "Svenska" }));
    expect(await screen.findByRole("heading", { name: "När fönstret stängs" })).toBeVisible();
    await user.click(screen.getByRole("radio", { name: "Fortsätt i meddelandefältet" }));
    await user.click(screen.getByRole("combobox", { name: "Tema" }));
    await user.click(screen.getByRole("option", { name: "Mörkt" }));
    await waitFor(() => {
      expect(host.asked("settings_set").at(-1)).toEqual({
        ...start.settings,
        language: "sv",
        close: "tray",
        theme: "dark",
      });
    });
  });
});

describe("about", () => {
  test("says what Segue is, and opens its folders", async () => {
    const { user, host } = await renderPage("/admin/system?tab=about", { window_reveal: () => null });
    expect(await screen.findByText("Segue 0.1.0")).toBeVisible();
    expect(screen.getByText(start.data_dir)).toBeVisible();
    expect(screen.getByText("In the keychain of this computer")).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Open folder" }));
    await user.click(screen.getByRole("button", { name: "Open logs" }));
    expect(host.asked("window_reveal")).toEqual([{ what: "data_folder" }, { what: "logs" }]);
  });

  test("says why no key can be kept", async () => {
    await renderPage("/admin/system?tab=about", {
      app_start: () => ({ ...start, key_store: { kind: "missing", trouble: "The keychain is locked." } }),
    });
    expect(await screen.findByText(/The keychain is locked\./u)).toBeVisible();
    expect(screen.queryByText("It works.")).toBeNull();
  });

  test("writes diagnostics after saying what is in them", async () => {
    const { user, host } = await renderPage("/admin/system?tab=about", {
      window_save_file: () => ({ path: "/home/anna/segue-diagnostics.zip" }),
      window_reveal: () => null,
      diagnostics: ({ path }) => ({ file: path, bytes: 12_400, entries: ["about.json", "runs.json"] }),
    });
    expect(await screen.findByText(/^runs\.json: /u)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Save diagnostics" }));
    expect(await screen.findByText(/Saved: \/home\/anna\/segue-diagnostics\.zip/u)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Show in folder" }));
    expect(host.asked("window_reveal")).toEqual([{ what: "file", path: "/home/anna/segue-diagnostics.zip" }]);
  });

  test("writes none where the dialog was canceled, and says what went wrong", async () => {
    let path: string | null = null;
    const { user, host } = await renderPage("/admin/system?tab=about", {
      window_save_file: () => ({ path }),
      diagnostics: () => {
        throw failure("bad_file");
      },
    });
    const save = await screen.findByRole("button", { name: "Save diagnostics" });
    await user.click(save);
    expect(host.asked("diagnostics")).toEqual([]);
    path = "/root/no.zip";
    await user.click(save);
    expect(await screen.findByRole("alert")).toHaveTextContent("The file cannot be used");
  });
});

test.each([
  ["status", "en", "light"],
  ["settings", "sv", "dark"],
  ["about", "sv", "light"],
  ["about", "en", "dark"],
] as const)("the tab %s is for everybody, in %s and %s", async (tab, language, theme) => {
  await renderPage(`/admin/system?tab=${tab}`, { system_status: () => status }, { language, theme });
  expect(await screen.findByRole("tabpanel")).not.toBeEmptyDOMElement();
  await expectAccessible();
});
