// The pane that makes and edits a segment: builder, live count, text, files, and what goes wrong.
import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";

import { failure } from "../../../host/fake";
import { expectAccessible } from "../../../test/axe";
import { renderPage } from "../../../test/render";
import { segmentEngine, trailRule } from "../../../test/segments";

const pane = () => screen.findByRole("dialog", { name: /segment$/i });

async function pick(user: UserEvent, box: HTMLElement, option: string): Promise<void> {
  await user.click(box);
  await user.click(await screen.findByRole("option", { name: option }));
}

interface Leaf {
  attribute: string;
  comparisonOperator: string;
  value?: unknown;
  listOfValues?: unknown[];
  ignoreCase?: boolean;
}

interface Written {
  rowsets: { rowsetOperation: string; criteria: { logicalOperator: string; childCriterias: (Leaf & { childCriterias?: Leaf[] })[] } }[];
}

function written(rule: unknown): Written {
  return JSON.parse((rule as { rule: string }).rule) as Written;
}

describe("a new segment", () => {
  test("is built by hand, counted as it is built, and saved once", async () => {
    const { user, host } = await renderPage("/segments?edit=new", segmentEngine());
    const dialog = await pane();
    // There is one audience, so it is chosen already.
    expect(await within(dialog).findByText("Audience: Ljungvidde customers, 128,604 profiles")).toBeVisible();
    await user.type(within(dialog).getByRole("textbox", { name: /Display name/ }), "  Umeå buyers ");
    expect(within(dialog).getByText("The count waits until every condition is complete.")).toBeVisible();
    expect(host.asked("rule_count")).toEqual([]);

    await pick(user, await within(dialog).findByRole("combobox", { name: "Attribute" }), "City Text");
    await pick(user, within(dialog).getByRole("combobox", { name: "Comparison" }), "is any of");
    const values = within(dialog).getByRole("combobox", { name: "Values" });
    await user.click(values);
    await user.click(await screen.findByRole("option", { name: "Umeå" }));
    await user.type(values, "Luleå{Enter}");
    await user.click(within(dialog).getByRole("checkbox", { name: "Ignore case" }));

    expect(await within(dialog).findByText("8,462 members")).toBeVisible();
    expect(await within(dialog).findByText("6.6% of all, 8,301 with a valid e-mail")).toBeVisible();
    expect(host.asked("rule_count").at(-1)).toMatchObject({ audience: "aud-1", email: "EMail" });

    await user.dblClick(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
    expect(host.asked("segment_save")).toHaveLength(1);
    const [saved] = host.asked("segment_save");
    expect(saved).toMatchObject({ id: null, version: null, name: "Umeå buyers", audience: "aud-1" });
    expect(written(saved?.rule)).toEqual({
      rowsets: [
        {
          rowsetOperation: "none",
          criteria: {
            logicalOperator: "and",
            childCriterias: [
              { attribute: "City", comparisonOperator: "isIn", listOfValues: ["Umeå", "Luleå"], ignoreCase: true },
            ],
          },
        },
      ],
    });
  });

  test("grows by conditions, sub-rules and rules, with the focus in what was added", async () => {
    const { user, host } = await renderPage("/segments?edit=new", segmentEngine());
    const dialog = await pane();
    await pick(user, await within(dialog).findByRole("combobox", { name: "Attribute" }), "OrdersTotal Number");
    await pick(user, within(dialog).getByRole("combobox", { name: "Comparison" }), "is between");
    await user.type(within(dialog).getByRole("textbox", { name: "From" }), "2");
    await user.type(within(dialog).getByRole("textbox", { name: "To" }), "9");

    await user.click(within(dialog).getByRole("button", { name: "Add sub-rule" }));
    const sub = within(dialog).getByRole("region", { name: "Rule 1.1" });
    const attribute = within(sub).getByRole("combobox", { name: "Attribute" });
    await waitFor(() => {
      expect(attribute).toHaveFocus();
    });
    await pick(user, attribute, "LastPurchaseOn Date");
    await pick(user, within(sub).getByRole("combobox", { name: "Comparison" }), "is within last");
    await user.type(within(sub).getByRole("textbox", { name: "Value" }), "365");

    await user.click(within(dialog).getByRole("button", { name: "Add rule" }));
    const second = within(dialog).getByRole("region", { name: "Rule 2" });
    await pick(user, within(second).getByRole("combobox", { name: "Attribute" }), "SeenAt Point in time");
    await pick(user, within(second).getByRole("combobox", { name: "Comparison" }), "is in month");
    await pick(user, within(second).getByRole("combobox", { name: "Value" }), "March");
    await pick(user, within(dialog).getByRole("combobox", { name: "How rule 2 joins those before it" }), "Except");
    // Before the set word stands what the first rule holds alone.
    expect(await within(dialog).findByText("8,462 before")).toBeVisible();
    await pick(user, within(dialog).getByRole("combobox", { name: "How the conditions of rule 1 are joined" }), "or");
    await expectAccessible();

    await waitFor(() => {
      const rules = host.asked("rule_count").map(({ rule }) => written(rule).rowsets);
      expect(rules.some((rowsets) => rowsets.length === 1)).toBe(true);
      expect(rules.at(-1)?.[0]?.criteria.logicalOperator).toBe("or");
    });
    const whole = host.asked("rule_count").map(({ rule }) => written(rule)).findLast(({ rowsets }) => rowsets.length === 2);
    expect(whole?.rowsets[0]?.criteria.childCriterias).toEqual([
      { attribute: "OrdersTotal", comparisonOperator: "isBetween", listOfValues: [2, 9] },
      {
        logicalOperator: "or",
        childCriterias: [
          { attribute: "LastPurchaseOn", comparisonOperator: "isWithinLast", value: { amount: 365, unit: "days" } },
        ],
      },
    ]);
    expect(whole?.rowsets[1]).toEqual({
      rowsetOperation: "except",
      criteria: { logicalOperator: "and", childCriterias: [{ attribute: "SeenAt", comparisonOperator: "monthOf", value: 3 }] },
    });

    await user.click(within(second).getByRole("button", { name: "Remove the condition on SeenAt" }));
    expect(within(dialog).queryByRole("region", { name: "Rule 2" })).toBeNull();
    await waitFor(() => {
      expect(within(dialog).getByRole("button", { name: "Add rule" })).toHaveFocus();
    });
  });

  test("says beside each field what is missing, first of all in the first", async () => {
    const { user, host } = await renderPage("/segments?edit=new", segmentEngine());
    const dialog = await pane();
    await within(dialog).findByRole("combobox", { name: "Attribute" });
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    expect(await within(dialog).findByText("Give the segment a name.")).toBeVisible();
    const name = within(dialog).getByRole("textbox", { name: /Display name/ });
    expect(name).toHaveFocus();
    await user.type(name, "All{Enter}");
    expect(await within(dialog).findByText("Choose an attribute.")).toBeVisible();
    await waitFor(() => {
      expect(within(dialog).getByRole("combobox", { name: "Attribute" })).toHaveFocus();
    });
    expect(host.asked("segment_save")).toEqual([]);
  });

  test("a value that does not fit says so, and the count pauses with the old figure", async () => {
    const { user, host } = await renderPage("/segments?edit=new", segmentEngine());
    const dialog = await pane();
    await pick(user, await within(dialog).findByRole("combobox", { name: "Attribute" }), "OrdersTotal Number");
    const value = within(dialog).getByRole("textbox", { name: "Value" });
    await user.type(value, "2");
    expect(await within(dialog).findByText("8,462 members")).toBeVisible();
    const before = host.asked("rule_count").length;
    await user.type(value, "x");
    expect(await within(dialog).findByText("“OrdersTotal” holds numbers. Write a number.")).toBeVisible();
    expect(value).toHaveAttribute("aria-invalid", "true");
    expect(within(dialog).getByText("The count waits until the marked condition fits.")).toBeVisible();
    expect(within(dialog).getByText("8,462 members")).toBeVisible();
    expect(host.asked("rule_count")).toHaveLength(before);
    await expectAccessible();
  });

  test("is a condition in SQL, with what the engine says under it", async () => {
    const { user, host } = await renderPage("/segments?edit=new", {
      ...segmentEngine(),
      rule_count: () => {
        throw failure("bad_predicate", "There is no column “Contry”.");
      },
    });
    const dialog = await pane();
    await user.click(within(dialog).getByRole("radio", { name: "A condition in SQL" }));
    await user.type(within(dialog).getByRole("textbox", { name: /Condition in SQL/ }), "Contry = 'NO'");
    expect(await within(dialog).findByText("There is no column “Contry”.")).toBeVisible();
    expect(within(dialog).getByText("Not counted")).toBeVisible();
    expect(host.asked("rule_count").at(-1)?.rule).toEqual({ kind: "where", predicate: "Contry = 'NO'" });
  });

  test("is a file of members", async () => {
    const { user, host } = await renderPage("/segments?edit=new", {
      ...segmentEngine(),
      window_open_files: () => ({ paths: ["/data/gift cards.csv"] }),
    });
    const dialog = await pane();
    await user.type(within(dialog).getByRole("textbox", { name: /Display name/ }), "Gift cards");
    await user.click(within(dialog).getByRole("radio", { name: "A file that names the members" }));
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    expect(await within(dialog).findByText("Choose a file.")).toBeVisible();
    await expectAccessible();
    await user.click(within(dialog).getByRole("button", { name: "Browse" }));
    expect(await within(dialog).findByText("/data/gift cards.csv")).toBeVisible();
    expect(host.asked("window_open_files")).toEqual([{ kind: "members" }]);
    await user.type(within(dialog).getByRole("textbox", { name: /Column with the customer IDs/ }), "Card");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => {
      expect(host.asked("segment_save")[0]?.rule).toEqual({ kind: "members", path: "/data/gift cards.csv", key: "Card" });
    });
  });
});

describe("a stored segment", () => {
  test("is read back into the builder, in Swedish too", async () => {
    for (const [language, theme] of [["en", "light"], ["sv", "dark"]] as const) {
      const { unmount, user } = await renderPage("/segments?edit=seg-trail", segmentEngine(), { language, theme });
      const dialog = await pane();
      expect(await within(dialog).findByText("Göteborg")).toBeVisible();
      expect(within(dialog).getByRole("textbox", { name: language === "en" ? "Value" : "Värde" })).toHaveValue("2");
      expect(within(dialog).getByText(language === "en" ? "Takes away the members of the next rule." : "Tar bort medlemmarna i nästa regel.")).toBeVisible();
      await within(dialog).findByText(language === "en" ? "8,462 members" : /8.462 medlemmar/);
      await expectAccessible();
      await user.click(within(dialog).getByRole("button", { name: language === "en" ? "View members" : "Visa medlemmar" }));
      expect(await screen.findByText("ebba.lindqvist@post.example")).toBeVisible();
      await expectAccessible();
      unmount();
    }
  });

  test("asks before changes are lost, and closes at once where there are none", async () => {
    const { user } = await renderPage("/segments?edit=seg-trail", segmentEngine());
    const dialog = await pane();
    await user.type(await within(dialog).findByRole("textbox", { name: /Display name/ }), "!");
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    await user.click(await screen.findByRole("button", { name: "Keep editing" }));
    expect(await within(dialog).findByRole("textbox", { name: /Display name/ })).toHaveValue("Trail runners!");
    await user.type(within(dialog).getByRole("textbox", { name: /Display name/ }), "{Backspace}");
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    await waitFor(() => {
      expect(screen.queryByRole("dialog")).toBeNull();
    });
  });

  test("that somebody else saved meanwhile loses nothing: theirs or mine", async () => {
    const engine = segmentEngine();
    const { user, host } = await renderPage("/segments?edit=seg-norway", {
      ...engine,
      segment_save: () => {
        throw failure("changed_elsewhere");
      },
    });
    const dialog = await pane();
    const name = await within(dialog).findByRole("textbox", { name: /Display name/ });
    await user.type(name, " mine");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    expect(await within(dialog).findByText("This segment was changed elsewhere")).toBeVisible();
    expect(name).toHaveValue("Norway mine");
    await expectAccessible();
    const detail = { ...(await engine.segment_get?.({ id: "seg-norway" })), version: "v9" };
    host.handle({ segment_get: () => detail as never, segment_save: engine.segment_save });
    await user.click(within(dialog).getByRole("button", { name: "Save mine over it" }));
    await waitFor(() => {
      expect(host.asked("segment_save").at(-1)).toMatchObject({ id: "seg-norway", version: "v9", name: "Norway mine" });
    });
  });

  test("shows what was saved elsewhere where that is wanted", async () => {
    const engine = segmentEngine();
    const { user, host } = await renderPage("/segments?edit=seg-norway", {
      ...engine,
      segment_save: () => {
        throw failure("changed_elsewhere");
      },
    });
    const dialog = await pane();
    await user.type(await within(dialog).findByRole("textbox", { name: /Display name/ }), " mine");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    const old = await engine.segment_get?.({ id: "seg-norway" });
    if (old === undefined) throw new Error("There is no segment.");
    host.handle({ segment_get: () => ({ ...old, version: "v9", row: { ...old.row, name: "Norge" } }) });
    await user.click(await within(dialog).findByRole("button", { name: "Show the saved one" }));
    expect(await screen.findByDisplayValue("Norge")).toBeVisible();
  });

  test("with a rule that the builder cannot show is text, saved as it is", async () => {
    const { user, host } = await renderPage("/segments?edit=seg-deep", segmentEngine());
    const dialog = await pane();
    const text = await within(dialog).findByRole("textbox", { name: /Rule in JSON/ });
    const stored = (text as HTMLTextAreaElement).value;
    await user.type(within(dialog).getByRole("textbox", { name: /Display name/ }), "er");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => {
      expect(host.asked("segment_save")[0]).toMatchObject({ version: "v1", rule: { kind: "rule", rule: stored } });
    });
  });

  test("whose rule was not touched keeps it letter by letter", async () => {
    const { user, host } = await renderPage("/segments?edit=seg-trail", segmentEngine());
    const dialog = await pane();
    await user.type(await within(dialog).findByRole("textbox", { name: /Display name/ }), "!");
    await within(dialog).findByRole("textbox", { name: "Value" });
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => {
      expect(host.asked("segment_save")[0]).toMatchObject({ name: "Trail runners!", rule: { rule: trailRule } });
    });
  });

  test("of the memberships file has no builder, and only its name is saved", async () => {
    const { user, host } = await renderPage("/segments?edit=seg-given", segmentEngine());
    const dialog = await pane();
    expect(await within(dialog).findByText(/under the name “News”/)).toBeVisible();
    expect(within(dialog).queryByRole("combobox", { name: "Attribute" })).toBeNull();
    await user.type(within(dialog).getByRole("textbox", { name: /Display name/ }), "!");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    await waitFor(() => {
      expect(host.asked("segment_rename")).toEqual([{ id: "seg-given", name: "Newsletter readers!" }]);
    });
    expect(host.asked("segment_save")).toEqual([]);
  });

  test("the engine's refusal of one condition stands beside it", async () => {
    const { user } = await renderPage("/segments?edit=seg-trail", {
      ...segmentEngine(),
      segment_save: () => {
        throw failure(
          "bad_predicate",
          "The rule cannot be used: it is too long (at rowsets[0].criteria.childCriterias[1].childCriterias[0].value).",
        );
      },
    });
    const dialog = await pane();
    const name = await within(dialog).findByRole("textbox", { name: /Display name/ });
    await user.type(name, "!");
    await user.click(within(dialog).getByRole("button", { name: "Save" }));
    const sub = within(dialog).getByRole("region", { name: "Rule 1.1" });
    expect(await within(sub).findByRole("alert")).toHaveTextContent("it is too long");
    expect(name).toHaveValue("Trail runners!");
  });
});
