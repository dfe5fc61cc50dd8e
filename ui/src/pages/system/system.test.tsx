// System: what was done last in groups that fold, the settings, and what Segue is.
import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import { failure } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage, start } from "../../test/render";
import { notices, status } from "./fixture";

/** What the tab *Settings* asks for. */
const settings = {
  notices_get: () => notices(),
  window_sign_in: ({ on }: { on: boolean | null }) => ({ on: on ?? false, possible: true, trouble: "" }),
};

describe("what was done last", () => {
  test("leads to the data source and to the run", async () => {
    await renderPage("/admin/system", { system_status: () => status() });
    const data = await screen.findByRole("link", { name: "Customers" });
    expect(data).toHaveAttribute("href", expect.stringContaining("audience=a1"));
    expect(screen.getByText("41,280 profiles")).toBeVisible();
    const failed = screen.getByRole("link", { name: "Failed: open the run of Club newsletter" });
    expect(failed).toHaveAttribute("href", expect.stringContaining("/runs/r1"));
    expect(screen.getByText("The account refused the API key.")).toBeVisible();
    const never = within(screen.getByRole("row", { name: /Spring/u }));
    expect(never.getByText("Not started")).toBeVisible();
    expect(never.getByText("Never")).toBeVisible();
  });

  test("folds by keyboard, one group or all", async () => {
    const { user } = await renderPage("/admin/system", { system_status: () => status() });
    const fold = await screen.findByRole("button", { name: "Fold Export destinations (2)" });
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
        return status({ audiences: [], exports: [], processes: [] });
      },
    });
    expect(await screen.findByRole("alert")).toHaveTextContent("The database cannot be used");
    broken = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findAllByText("There is nothing here yet.")).toHaveLength(3);
  });
});

describe("the settings", () => {
  test("hold at once and are kept", async () => {
    const { user, host } = await renderPage("/admin/system?tab=settings", settings);
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

describe("running in the background", () => {
  test("starts at sign-in where the computer can, and says where it cannot", async () => {
    const { user, host } = await renderPage("/admin/system?tab=settings", settings);
    const signIn = await screen.findByRole("switch", { name: "Start Segue when I sign in" });
    expect(signIn).not.toBeChecked();
    await user.click(signIn);
    await waitFor(() => {
      expect(signIn).toBeChecked();
    });
    expect(host.asked("window_sign_in")[0]).toEqual({ on: null });
    expect(host.asked("window_sign_in")[1]).toEqual({ on: true });
  });

  test("says what went wrong at sign-in, and what this computer cannot do", async () => {
    const { user, host } = await renderPage("/admin/system?tab=settings", {
      ...settings,
      window_sign_in: ({ on }) => ({ on: false, possible: true, trouble: on === null ? "" : "The folder is read-only." }),
    });
    const signIn = await screen.findByRole("switch", { name: "Start Segue when I sign in" });
    await user.click(signIn);
    expect(await screen.findByText(/sign-in does not work: The folder is read-only\./u)).toBeVisible();
    expect(signIn).not.toBeChecked();
    host.handle({ window_sign_in: () => ({ on: false, possible: false, trouble: "" }) });
    await user.click(signIn);
    expect(await screen.findByText(/does not let programs start/u)).toBeVisible();
    expect(signIn).toBeDisabled();
  });

  test("keeps in the tray without asking, and tells the window", async () => {
    const { user, host } = await renderPage("/admin/system?tab=settings", settings);
    const ask = await screen.findByRole("radio", { name: "Ask" });
    expect(host.asked("window_keep")).toEqual([{ keep: false }]);
    await user.click(screen.getByRole("switch", { name: "Keep running in the tray" }));
    await waitFor(() => {
      expect(host.asked("window_keep").at(-1)).toEqual({ keep: true });
    });
    expect(host.asked("settings_set").at(-1)).toMatchObject({ tray: true, close: "ask" });
    expect(ask).toBeDisabled();
    expect(screen.getByText(/closing the window never asks/u)).toBeVisible();
    expect(screen.queryByText(/No tray is shown/u)).toBeNull();
  });

  test("says that the window is minimised where no tray is shown, and how to quit", async () => {
    const { user, host } = await renderPage("/admin/system?tab=settings", {
      ...settings,
      window_keep: () => ({ tray: false }),
      window_close: () => null,
    });
    await user.click(await screen.findByRole("switch", { name: "Keep running in the tray" }));
    expect(await screen.findByText(/No tray is shown on this computer/u)).toBeVisible();
    await user.keyboard("{Control>}k{/Control}");
    await user.type(await screen.findByRole("combobox", { name: "Search or run a command" }), "quit");
    await user.click(await screen.findByRole("option", { name: /Quit Segue/u }));
    expect(host.asked("window_close")).toEqual([{ choice: "quit" }]);
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
  await renderPage(`/admin/system?tab=${tab}`, { system_status: () => status(), ...settings }, { language, theme });
  expect(await screen.findByRole("tabpanel")).not.toBeEmptyDOMElement();
  await expectAccessible();
});
