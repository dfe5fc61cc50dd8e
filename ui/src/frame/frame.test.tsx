import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";

import { expectAccessible } from "../test/axe";
import { renderPage } from "../test/render";

describe("the frame", () => {
  test("has landmarks, a title and no violation, in both themes and languages", async () => {
    for (const language of ["en", "sv"] as const) {
      for (const theme of ["light", "dark"] as const) {
        const { unmount } = await renderPage("/nowhere", {}, { language, theme });
        expect(screen.getByRole("banner")).toBeVisible();
        expect(screen.getByRole("navigation")).toBeVisible();
        expect(screen.getByRole("main")).toBeVisible();
        expect(document.documentElement.lang).toBe(language);
        expect(document.title).toBe(language === "en" ? "There is no such page – Segue" : "Sidan finns inte – Segue");
        await expectAccessible();
        unmount();
      }
    }
  });
});
