// Runs of an account of Ortto: tags in place of lists, and people who are gone from the account.
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import type { RunDetail, RunReason } from "../../api";
import { failure, type Handlers } from "../../host/fake";
import { expectAccessible } from "../../test/axe";
import { renderPage } from "../../test/render";
import { connectionOf } from "../setup/fixture";
import { detail, person } from "./fixture";

const REASONS: RunReason[] = [
  { outcome: "excluded", reason: "gone_in_account", people: 12 },
  { outcome: "excluded", reason: "opted_out", people: 9 },
  { outcome: "rejected", reason: "refused", people: 16 },
];

const account = connectionOf("c1", "Ljungvidde");

const engine = (answer: RunDetail = detail, more: Handlers = {}): Handlers => ({
  connection_list: () => [{ ...account, connection: { ...account.connection, type: "ortto", origin: "https://api.ap3api.com" } }],
  run_get: () => answer,
  run_reasons: () => REASONS,
  run_people: ({ outcome, reason }) => ({
    rows: [{ ...person, outcome: outcome ?? "excluded", reason: reason ?? "gone_in_account", answer: "" }],
    total: 1,
  }),
  ...more,
});

test("the card, the check and the class of leavers speak of tags", async () => {
  await renderPage("/runs/run-1", engine());
  expect(await screen.findByText(/9,261 people in Ljungvidde have the tag “Norway”\./u)).toBeVisible();
  expect(screen.getByText("Tags in Ljungvidde")).toBeVisible();
  expect(screen.getByText(/91 people lost their tags\./u)).toBeVisible();
});

test.each(["light", "dark"] as const)("people who are gone are made anew after a question, accessible in %s", async (theme) => {
  const { user, host, router } = await renderPage(
    "/runs/run-1?tab=excluded",
    engine(detail, { export_run: () => ({ runs: [{ export: { id: "exp-1", name: "Spring in Norway" }, run: "run-2", error: null }] }) }),
    { theme },
  );
  expect(await screen.findByText(/They are not made anew unless you choose Create again\.$/u)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Create again" }));
  const question = within(await screen.findByRole("dialog", { name: "Make people anew who were deleted in the account?" }));
  expect(question.getByText(/12 people who were deleted in Ljungvidde are made anew/u)).toBeVisible();
  expect(question.getByText(/^A new contact can be mailed/u)).toBeVisible();
  expect(host.asked("export_run")).toEqual([]);
  await expectAccessible();
  await user.dblClick(question.getByRole("button", { name: "Create again" }));
  await waitFor(() => {
    expect(router.state.location.pathname).toBe("/runs/run-2");
  });
  expect(host.asked("export_run")).toEqual([{ exports: ["exp-1"], create_gone: true }]);
});

test("what cannot begin says why, and where nobody is gone nothing is offered", async () => {
  const { user } = await renderPage(
    "/runs/run-1?tab=excluded",
    engine(detail, { export_run: () => ({ runs: [{ export: { id: "exp-1", name: "Spring in Norway" }, run: null, error: { code: "busy", message: "", help: "", retryable: true } }] }) }),
  );
  await user.click(await screen.findByRole("button", { name: "Create again" }));
  const question = within(await screen.findByRole("dialog"));
  await user.click(question.getByRole("button", { name: "Create again" }));
  expect(await question.findByText("It is running already")).toBeVisible();
  await user.click(question.getByRole("button", { name: "Cancel" }));
  await user.click(screen.getByRole("tab", { name: /^Rejected/u }));
  await waitFor(() => {
    expect(screen.queryByRole("button", { name: "Create again" })).toBeNull();
  });
});

test("an export that is gone makes nobody anew", async () => {
  await renderPage("/runs/run-1?tab=excluded", engine({ ...detail, export_exists: false }));
  await screen.findByRole("tab", { name: /^Excluded/u, selected: true });
  expect(screen.queryByRole("button", { name: "Create again" })).toBeNull();
});

test("a run that found opt-outs undone says what happened and what to do, in Swedish", async () => {
  const failed = {
    ...detail.run,
    status: "failed" as const,
    reason: "opt_out_undone: The account of “Ljungvidde” lets 1 of 3 people be mailed again.",
    counts: { ...detail.run.counts, created: 0, updated: 100 },
  };
  await renderPage("/runs/run-1", engine({ ...detail, run: failed }), { language: "sv" });
  expect(await screen.findByText("Kontot hävde avregistreringar")).toBeVisible();
  expect(screen.getByText(/Avregistrera dem igen i kontot före nästa utskick/u)).toBeVisible();
  await expectAccessible();
});

test("codes of values that do not fit are said in words", async () => {
  const codes = ["not_a_time", "not_a_phone_number", "no_country_code", "not_a_choice"];
  await renderPage(
    "/runs/run-1?tab=invalid",
    engine(detail, {
      run_reasons: () => codes.map((code) => ({ outcome: "invalid", reason: `${code}:Phone number`, people: 1 })),
      run_people: () => {
        throw failure("database");
      },
    }),
  );
  expect(await screen.findByRole("button", { name: /^Phone number: No country code 1$/u })).toBeVisible();
  expect(screen.getByRole("button", { name: /^Phone number: None of the choices 1$/u })).toBeVisible();
});
