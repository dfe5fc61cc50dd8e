import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import type { Hit } from "../api";
import { failure } from "../host/fake";
import { expectAccessible } from "../test/axe";
import { renderPage, start } from "../test/render";
import { setMedia } from "../test/setup";

const heading = (name: string) => screen.findByRole("heading", { level: 1, name }, { timeout: 15_000 });

describe("the frame", () => {
  test.each(["en", "sv"] as const)("has landmarks, a title and no violation in %s, in each theme", async (language) => {
    for (const theme of ["light", "dark", "high_contrast"] as const) {
      const { unmount } = await renderPage("/nowhere", {}, { language, theme });
      expect(screen.getByRole("banner")).toBeVisible();
      expect(screen.getByRole("navigation")).toBeVisible();
      expect(screen.getByRole("main")).toBeVisible();
      expect(document.documentElement.lang).toBe(language);
      expect(document.title).toBe(language === "en" ? "There is no such page – Segue" : "Sidan finns inte – Segue");
      await expectAccessible();
      unmount();
    }
  });

  test("tells the program when it has painted, and in which language", async () => {
    const { host } = await renderPage("/nowhere", {}, { language: "sv" });
    await waitFor(() => {
      expect(host.asked("window_ready")).toEqual([{}]);
    });
    expect(host.asked("window_words")).toEqual([{ language: "sv" }]);
  });

  test("speaks the language of the system where none is chosen, with its region", async () => {
    const { host } = await renderPage("/nowhere", {
      app_start: () => ({ ...start, settings: { ...start.settings, language: null } }),
      window_locale: () => ({ locale: "sv-FI" }),
    });
    expect(await heading("Sidan finns inte")).toBeVisible();
    expect(host.asked("window_words")).toEqual([{ language: "sv" }]);
  });

  test("says why the engine cannot start, and tries again", async () => {
    let broken = true;
    const { default: userEvent } = await import("@testing-library/user-event");
    const shown = renderPage("/nowhere", {
      app_start: () => {
        if (broken) throw failure("data_folder", "The folder is full.");
        return start;
      },
    });
    const again = await screen.findByRole("button", { name: "Try again" });
    expect(screen.getByRole("heading", { name: "The data folder cannot be used" })).toBeVisible();
    expect(screen.queryByRole("navigation")).toBeNull();
    await expectAccessible();
    broken = false;
    await userEvent.click(again);
    await shown;
    expect(await heading("There is no such page")).toBeVisible();
  });
});

describe("the navigation", () => {
  test("is walked by keyboard, from the skip link to a page, whose heading takes the focus", async () => {
    const { user } = await renderPage("/nowhere");
    await user.tab();
    expect(screen.getByText("Skip to main content")).toHaveFocus();
    await user.keyboard("{Enter}");
    expect(screen.getByRole("main")).toHaveFocus();
    const link = screen.getByRole("link", { name: "Security" });
    while (document.activeElement !== link) await user.tab({ shift: true });
    await user.keyboard("{Enter}");
    const title = await heading("Security");
    await waitFor(() => {
      expect(title).toHaveFocus();
    });
    expect(document.title).toBe("Security – Segue");
    expect(link).toHaveAttribute("aria-current", "page");
  });

  test("folds to a rail of named icons, and the setting is kept", async () => {
    const { user, host } = await renderPage("/nowhere");
    await user.click(screen.getByRole("button", { name: "Fold navigation" }));
    expect(host.asked("settings_set")).toEqual([{ ...start.settings, narrow_navigation: true }]);
    expect(screen.queryByText("Segments")).toBeNull();
    expect(screen.getByRole("link", { name: "Segments" })).toBeVisible();
    expect(screen.getByRole("link", { name: "Connections" })).toBeVisible();
    await expectAccessible();
  });

  test("is a rail in a narrow window, whatever the setting says", async () => {
    setMedia("(min-width: 1200px)", false);
    const { user, host } = await renderPage("/nowhere");
    expect(screen.queryByText("Segments")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Unfold navigation" }));
    expect(screen.getByText("Segments")).toBeVisible();
    expect(host.asked("settings_set")).toEqual([]);
  });
});

describe("the account menu", () => {
  test("changes the language at once, and keeps it", async () => {
    const { user, host } = await renderPage("/nowhere");
    await user.click(screen.getByRole("button", { name: "Account: anna on LAPTOP-7" }));
    expect(screen.getByText("Runs as anna on LAPTOP-7")).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("menuitemradio", { name: "Svenska" }));
    expect(await heading("Sidan finns inte")).toBeVisible();
    expect(document.documentElement.lang).toBe("sv");
    expect(host.asked("settings_set")).toEqual([{ ...start.settings, language: "sv" }]);
    expect(host.asked("window_words").at(-1)).toEqual({ language: "sv" });
  });

  test("follows the system until a theme is chosen", async () => {
    const { user } = await renderPage("/nowhere", {}, { theme: "system" });
    expect(document.documentElement.style.colorScheme).toBe("light");
    act(() => {
      setMedia("(prefers-color-scheme: dark)", true);
    });
    expect(document.documentElement.style.colorScheme).toBe("dark");
    await user.click(screen.getByRole("button", { name: "Account: anna on LAPTOP-7" }));
    await user.click(screen.getByRole("menuitemradio", { name: "Light" }));
    expect(document.documentElement.style.colorScheme).toBe("light");
  });
});

describe("the palette", () => {
  const hits: Hit[] = [
    { kind: "export", object: { id: "e1", name: "Trail runners" }, at: null },
    { kind: "run", object: { id: "r1", name: "Spring in Norway" }, at: "2026-06-01T08:30:00Z" },
  ];

  test("goes to a page by name, with the keyboard alone", async () => {
    const { user, router } = await renderPage("/nowhere", { find: () => [] });
    await user.keyboard("{Control>}k{/Control}");
    const box = await screen.findByRole("combobox", { name: "Search or run a command" });
    await waitFor(() => {
      expect(box).toHaveFocus();
    });
    await expectAccessible();
    await user.type(box, "secur");
    const option = await screen.findByRole("option", { name: /Go to Security/u });
    expect(option).toHaveAttribute("aria-selected", "true");
    expect(box).toHaveAttribute("aria-activedescendant", option.id);
    await user.keyboard("{Enter}");
    expect(await heading("Security")).toBeVisible();
    expect(router.state.location.pathname).toBe("/admin/security");
    expect(screen.queryByRole("combobox")).toBeNull();
  });

  test("finds what the engine knows, in groups, and moves over them with the arrows", async () => {
    const { user, host, router } = await renderPage("/nowhere", {
      find: ({ search }) => hits.filter(({ object }) => object.name.toLowerCase().includes(search)),
      run_get: () => {
        throw failure("not_found");
      },
    });
    await user.click(screen.getByRole("button", { name: /Search or run a command/u }));
    const box = await screen.findByRole("combobox");
    await user.type(box, "n");
    const found = await screen.findByRole("option", { name: /Spring in Norway/u });
    expect(screen.getByRole("group", { name: "Exports" })).toContainElement(
      screen.getByRole("option", { name: "Trail runners" }),
    );
    expect(host.asked("find").every(({ search }) => search === "n")).toBe(true);
    while (found.getAttribute("aria-selected") !== "true") await user.keyboard("{ArrowDown}");
    await user.keyboard("{Enter}");
    expect(router.state.location.pathname).toBe("/runs/r1");
  });

  test("says that nothing is called so, offers a person for an address, and Esc brings the focus back", async () => {
    const { user } = await renderPage("/nowhere", { find: () => [] });
    const opener = screen.getByRole("button", { name: /Search or run a command/u });
    await user.click(opener);
    const box = await screen.findByRole("combobox");
    await user.type(box, "zzz");
    expect(await screen.findByText("Nothing is called “zzz”.")).toBeVisible();
    await user.clear(box);
    await user.type(box, "a@b.example");
    expect(await screen.findByRole("option", { name: /Find the person “a@b.example”/u })).toBeVisible();
    await user.keyboard("{Escape}");
    await waitFor(() => {
      expect(opener).toHaveFocus();
    });
  });
});

describe("shortcuts", () => {
  test("are listed under ?, in the language, but not while one types", async () => {
    const { user } = await renderPage("/nowhere", {}, { language: "sv" });
    await user.keyboard("?");
    const dialog = await screen.findByRole("dialog", { name: "Kortkommandon" });
    expect(within(dialog).getByText("Sök eller kör ett kommando")).toBeVisible();
    expect(within(dialog).getByText("Ctrl Skift P")).toBeVisible();
    await expectAccessible();
    await user.keyboard("{Escape}");
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
  });

  test("F1 opens the guide in the language, and the menu of the system does the same", async () => {
    const { user, host } = await renderPage("/nowhere", { window_reveal: () => null }, { language: "sv" });
    await user.keyboard("{F1}");
    act(() => {
      host.emit({ event: "menu", data: { action: "help" } });
    });
    expect(host.asked("window_reveal")).toEqual([{ what: "guide_sv" }, { what: "guide_sv" }]);
  });

  test("a guide that cannot be opened is said", async () => {
    const { user } = await renderPage("/nowhere", {
      window_reveal: () => {
        throw failure("not_found");
      },
    });
    await user.keyboard("{F1}");
    expect(await screen.findByText("It is not there any more")).toBeVisible();
  });
});

describe("closing while runs are under way", () => {
  test("asks once, remembers if told to, and does one thing on a double click", async () => {
    const { user, host } = await renderPage("/nowhere", { window_close: () => null });
    act(() => {
      host.emit({ event: "close_asked", data: { running: 2 } });
    });
    expect(await screen.findByRole("dialog", { name: "2 runs are under way" })).toBeVisible();
    await expectAccessible();
    await user.click(screen.getByRole("checkbox", { name: "Do the same next time" }));
    await user.dblClick(screen.getByRole("button", { name: "Keep in the tray" }));
    expect(host.asked("window_close")).toEqual([{ choice: "tray" }]);
    expect(host.asked("settings_set")).toEqual([{ ...start.settings, close: "tray" }]);
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
  });

  test("says that the window is minimised where no tray is shown", async () => {
    const { user, host } = await renderPage("/nowhere", {
      window_close: () => null,
      window_keep: () => ({ tray: false }),
    });
    act(() => {
      host.emit({ event: "close_asked", data: { running: 1 } });
    });
    expect(await screen.findByText(/in the minimised window/u)).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Minimise" }));
    expect(host.asked("window_close")).toEqual([{ choice: "tray" }]);
  });
});
