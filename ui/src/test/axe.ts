// Holds what is shown to WCAG 2.2 AA, as far as a tree without a layout can be.
import axe from "axe-core";
import { expect } from "vitest";

/** Fails with one line for each violation. Open dialogs, menus and panes are in the body: the default. */
export async function expectAccessible(container: Element = document.body): Promise<void> {
  const { violations } = await axe.run(
    { include: [container as HTMLElement], exclude: [["[data-tabster-dummy]"]] },
    {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      rules: {
        // jsdom has no layout and no colours; the tests in the real window look at both.
        "color-contrast": { enabled: false },
        "target-size": { enabled: false },
        // Menus and dialogs stand beside the landmarks, not in them.
        region: { enabled: false },
      },
    },
  );
  const lines = violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
  expect(lines).toEqual([]);
}
