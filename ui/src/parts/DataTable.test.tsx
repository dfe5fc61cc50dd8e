import { screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";

import { type SegmentRow, useRows } from "../api";
import type { Handlers } from "../host/fake";
import { expectAccessible } from "../test/axe";
import { renderPart } from "../test/part";
import { DataTable, type Order } from "./DataTable";

interface Thing {
  id: string;
  name: string;
  size: number;
}

const things: Thing[] = ["Anna", "Berit", "Cia"].map((name, size) => ({ id: name.toLowerCase(), name, size }));

const columns = [
  { id: "name", title: "Name", cell: (thing: Thing) => thing.name, sorts: true },
  { id: "size", title: "Size", cell: (thing: Thing) => thing.size, end: true },
];

interface TableProps {
  rows?: readonly Thing[] | undefined;
  onOpen?: (thing: Thing) => void;
  onOrder?: (order: Order) => void;
}

function Table({ rows, onOpen, onOrder }: TableProps) {
  const [selected, onSelect] = useState<ReadonlySet<string>>(new Set());
  return (
    <DataTable
      label="Things"
      columns={columns}
      rows={rows}
      id={({ id }) => id}
      name={({ name }) => name}
      selection={{ selected, onSelect }}
      order={{ by: "name", descending: false }}
      onOrder={onOrder}
      onOpen={onOpen}
      none="Nothing here."
    />
  );
}

const selectedNames = () =>
  screen
    .getAllByRole("row", { selected: true })
    .map((row) => within(row).getAllByRole("cell")[1]?.textContent);

describe("a table", () => {
  test.each(["light", "dark"] as const)("has names for everything, in %s", async (theme) => {
    await renderPart(<Table rows={things} />, { theme });
    expect(screen.getByRole("grid", { name: "Things" })).toHaveAttribute("aria-rowcount", "4");
    expect(screen.getByRole("checkbox", { name: "Select Berit" })).toBeInTheDocument();
    expect(screen.getByRole("columnheader", { name: /Name/u })).toHaveAttribute("aria-sort", "ascending");
    await expectAccessible();
  });

  test("is walked, selected and opened by the keyboard", async () => {
    const opened = vi.fn();
    const { user } = await renderPart(<Table rows={things} onOpen={opened} />);
    const [, first] = screen.getAllByRole("row");
    first?.focus();
    await user.keyboard("{ArrowDown} ");
    expect(selectedNames()).toEqual(["Berit"]);
    await user.keyboard("{End} {Enter}");
    expect(selectedNames()).toEqual(["Berit", "Cia"]);
    expect(opened.mock.calls).toEqual([[things[2]]]);
    await user.keyboard("{Home}");
    expect(screen.getAllByRole("row")[1]).toHaveFocus();
    // One stop for all rows, beside the checks of the head.
    expect(screen.getAllByRole("row").filter((row) => row.tabIndex === 0)).toHaveLength(1);
  });

  test("is selected by a click, more by the checks, all by the head", async () => {
    const { user } = await renderPart(<Table rows={things} />);
    await user.click(screen.getByText("Cia"));
    expect(selectedNames()).toEqual(["Cia"]);
    await user.click(screen.getByRole("checkbox", { name: "Select Anna" }));
    expect(selectedNames()).toEqual(["Anna", "Cia"]);
    await user.click(screen.getByText("Berit"));
    expect(selectedNames()).toEqual(["Berit"]);
    await user.click(screen.getByRole("checkbox", { name: "Select all" }));
    expect(selectedNames()).toEqual(["Anna", "Berit", "Cia"]);
    await user.click(screen.getByRole("checkbox", { name: "Select all" }));
    expect(screen.queryAllByRole("row", { selected: true })).toEqual([]);
  });

  test("turns the order round on a second click", async () => {
    const ordered = vi.fn();
    const { user } = await renderPart(<Table rows={things} onOrder={ordered} />);
    await user.click(within(screen.getByRole("columnheader", { name: /Name/u })).getByRole("button"));
    expect(ordered.mock.calls).toEqual([[{ by: "name", descending: true }]]);
  });

  test("says that there is nothing, but not before it is known", async () => {
    const { unmount } = await renderPart(<Table rows={undefined} />);
    expect(screen.queryByText("Nothing here.")).toBeNull();
    expect(screen.getByRole("grid")).toHaveAttribute("aria-busy", "true");
    unmount();
    await renderPart(<Table rows={[]} />);
    expect(screen.getByText("Nothing here.")).toBeVisible();
  });
});

describe("a long table", () => {
  const TOTAL = 100_000;

  const segment = (index: number, search: string): SegmentRow => ({
    id: `s${String(index)}`,
    name: `${search === "" ? "Segment" : search} ${String(index)}`,
    audience: { id: "a", name: "Audience" },
    kind: "where",
    members: index,
    not_in_audience: null,
    counted_at: null,
    outdated: false,
    used_by: [],
    created_at: "2026-06-01T08:00:00Z",
  });

  const handlers: Handlers = {
    segment_list: ({ part: { offset, limit }, search = "" }) => ({
      rows: Array.from({ length: Math.min(limit, TOTAL - offset) }, (_, index) => segment(offset + index, search)),
      total: TOTAL,
    }),
  };

  function Long({ search = "" }: { search?: string }) {
    const rows = useRows("segment_list", { search });
    return (
      <DataTable
        label="Segments"
        columns={[{ id: "name", title: "Name", cell: (row: SegmentRow) => row.name }]}
        rows={rows}
        id={({ id }) => id}
        name={({ name }) => name}
      />
    );
  }

  test("renders only what is in view, and asks only for that", async () => {
    const { user, host } = await renderPart(<Long />, {}, handlers);
    expect(await screen.findByText("Segment 0")).toBeInTheDocument();
    const grid = screen.getByRole("grid");
    expect(grid).toHaveAttribute("aria-rowcount", String(TOTAL + 1));
    expect(screen.getAllByRole("row").length).toBeLessThan(60);
    screen.getAllByRole("row")[1]?.focus();
    await user.keyboard("{End}");
    const last = await screen.findByText(`Segment ${String(TOTAL - 1)}`);
    await waitFor(() => {
      expect(last.closest("tr")).toHaveFocus();
    });
    expect(last.closest("tr")).toHaveAttribute("aria-rowindex", String(TOTAL + 1));
    // The first part, and the one or two in which the last rows are.
    expect(host.asked("segment_list").length).toBeLessThan(5);
    await expectAccessible();
  });

  test("keeps the former rows until another search is answered", async () => {
    const waiting: (() => void)[] = [];
    function Searched() {
      const [search, setSearch] = useState("");
      return (
        <>
          <button type="button" onClick={() => setSearch("Club")}>
            Search
          </button>
          <Long search={search} />
        </>
      );
    }
    const { user } = await renderPart(
      <Searched />,
      {},
      {
        segment_list: async (request) => {
          if (request.search === "Club") await new Promise<void>((resolve) => waiting.push(resolve));
          return handlers.segment_list?.(request) ?? { rows: [], total: 0 };
        },
      },
    );
    await screen.findByText("Segment 0");
    await user.click(screen.getByRole("button", { name: "Search" }));
    expect(screen.getByText("Segment 0")).toBeInTheDocument();
    expect(screen.getByRole("grid")).toHaveAttribute("aria-busy", "true");
    for (const answer of waiting) answer();
    expect(await screen.findByText("Club 0")).toBeInTheDocument();
    expect(screen.queryByText("Segment 0")).toBeNull();
  });
});
