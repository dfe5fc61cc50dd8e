// Schedules from the palette, wherever one is.
import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import type { ScheduleView } from "../api";
import { failure } from "../host/fake";
import { renderPage } from "../test/render";

const view: ScheduleView = { on: true, recurrence: null, next: null, paused: false, zone: "UTC", exports: 0, last: null };

test("they are paused, resumed, and everything is refreshed", async () => {
  let paused = false;
  const { user, host } = await renderPage("/segments", {
    segment_list: () => ({ rows: [], total: 0 }),
    schedule_get: () => ({ ...view, paused }),
    schedule_pause: (request) => {
      ({ paused } = request);
      return { ...view, paused };
    },
    refresh_now: () => {
      throw failure("database");
    },
  });
  const choose = async (name: string) => {
    await user.keyboard("{Control>}k{/Control}");
    await user.click(await screen.findByRole("option", { name }));
  };
  await choose("Pause schedules");
  expect(await screen.findByText(/^Schedules are paused\./u)).toBeInTheDocument();
  await choose("Resume schedules");
  expect(await screen.findByText(/^Schedules go on\./u)).toBeInTheDocument();
  expect(host.asked("schedule_pause")).toEqual([{ paused: true }, { paused: false }]);
  await choose("Refresh everything now");
  expect(await screen.findByText(/The database cannot be used/u)).toBeInTheDocument();
});
