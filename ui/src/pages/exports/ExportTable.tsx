// *My export destinations* as a table: click selects, double click and pencil edit, the ellipsis has the
// commands of the bar, the status opens the run. Arrows move between the rows, Space selects, Enter edits.
import { Button, Checkbox, makeStyles, mergeClasses, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { ArrowDown16Regular, ArrowUp16Regular } from "@fluentui/react-icons";
import { type KeyboardEvent, type ReactNode, useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { type ExportRow, type Forecast, useAsk } from "../../api";
import { Clip, useAccountWords, useMedia, useRested } from "../../parts";
import type { RowAction } from "./actions";
import { ExportLine, type ExportLineProps } from "./ExportLine";
import { NARROW, useGrid } from "./grid";
import { isScheduled, type Order, type Sort } from "./rows";

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    overflowX: "auto",
    minWidth: 0,
  },
  head: {
    height: "44px",
    fontWeight: tokens.fontWeightSemibold,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
  },
  sort: { minWidth: 0, maxWidth: "100%", padding: 0, height: "32px", fontWeight: tokens.fontWeightSemibold },
  waiting: { height: "60px" },
  none: { padding: "24px", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
});

/** What the table needs. */
export interface ExportTableProps {
  /** The rows; `undefined` while they are read. */
  rows: readonly ExportRow[] | undefined;
  selected: ReadonlySet<string>;
  order: Order;
  /** In place of rows where there is none. */
  none: ReactNode;
  forecastOf: (row: ExportRow) => { forecast: Forecast | null; busy: boolean };
  onOrder: (order: Order) => void;
  onSelect: (change: (old: ReadonlySet<string>) => ReadonlySet<string>) => void;
  onAction: (action: RowAction, row: ExportRow) => void;
  onDecide: (row: ExportRow) => void;
}

const COLUMNS: readonly Sort[] = ["name", "type", "status", "refreshed", "schedule", "connection", "created"];

/** The table. */
export function ExportTable(props: ExportTableProps) {
  const { rows, selected, order, none, onOrder, onSelect } = props;
  const { t } = useTranslation(["exports", "frame"]);
  const styles = useStyles();
  const grid = useGrid();
  // Asked once for all rows.
  const narrow = useMedia(NARROW);
  const table = useRef<HTMLTableElement>(null);
  const ids = rows?.map((row) => row.id) ?? [];
  const shown = ids.filter((id) => selected.has(id)).length;
  const all = ids.length > 0 && shown === ids.length;
  const move = useCallback((event: KeyboardEvent, at: number) => {
    const lines = table.current?.querySelectorAll<HTMLElement>("tr[aria-selected]") ?? [];
    const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
    if (target === undefined || lines[target] === undefined) return;
    event.preventDefault();
    lines[target].focus();
  }, []);
  return (
    <div className={styles.card}>
      <table ref={table} role="grid" aria-label={t("table")} aria-multiselectable className={grid.table}>
        <thead>
          <tr>
            <th scope="col" className={mergeClasses(grid.cell, grid.check, styles.head)}>
              <Checkbox
                shape="circular"
                aria-label={t("frame:table.selectAll")}
                disabled={ids.length === 0}
                checked={all ? true : shown > 0 ? "mixed" : false}
                onChange={() => {
                  onSelect(() => new Set(all ? [] : ids));
                }}
              />
            </th>
            {COLUMNS.map((by) => {
              const here = order.by === by;
              const Arrow = order.descending ? ArrowDown16Regular : ArrowUp16Regular;
              return (
                <th
                  key={by}
                  scope="col"
                  aria-sort={here ? (order.descending ? "descending" : "ascending") : undefined}
                  className={mergeClasses(grid.cell, grid[by], styles.head)}
                >
                  <Button
                    appearance="transparent"
                    className={styles.sort}
                    icon={here ? <Arrow aria-hidden /> : undefined}
                    iconPosition="after"
                    onClick={() => {
                      onOrder({ by, descending: here && !order.descending });
                    }}
                  >
                    <Clip text={t(`column.${by}`)} />
                  </Button>
                </th>
              );
            })}
          </tr>
        </thead>
        {rows === undefined && <Waiting />}
        {rows !== undefined && <Lines {...props} rows={rows} narrow={narrow} onMove={move} />}
        {rows?.length === 0 && (
          <tbody>
            <tr>
              <td colSpan={COLUMNS.length + 1} className={styles.none}>
                {none}
              </td>
            </tr>
          </tbody>
        )}
      </table>
    </div>
  );
}

/** Around the rows are at least so many pixels, and a row has so many: what the window shows of them is there at once. */
const AROUND = 260;
const HIGH = 60;
/** The others, and the buttons of a row, come after so many milliseconds: whoever came to press something is not kept waiting by them. */
const REST = 400;

/** The rows. */
function Lines(props: Omit<ExportTableProps, "rows"> & Pick<ExportLineProps, "narrow" | "onMove"> & { rows: readonly ExportRow[] }) {
  const { rows, narrow, selected, forecastOf, onMove, onSelect, onAction, onDecide } = props;
  const [most] = useState(() => Math.ceil(Math.max(0, window.innerHeight - AROUND) / HIGH));
  const rested = useRested(REST);
  const shown = rested ? rows : rows.slice(0, most);
  const words = useAccountWords();
  // Where an account is, its connection says; of a classic one nobody asks.
  const asks = rows.some(({ product }) => product === "ortto");
  const { data: connections } = useAsk("connection_list", {}, { enabled: asks });
  // As is whether schedules are paused, where there is one.
  const { data: system } = useAsk("schedule_get", {}, { enabled: rows.some(isScheduled) });
  const kindOf = ({ product, connection }: ExportRow) => {
    if (product === "autopilot") return words.kind({ type: product, origin: "" });
    const account = connections?.find((one) => one.connection.id === connection?.id);
    return account === undefined ? "" : words.kind(account.connection);
  };
  return shown.map((row, at) => {
    const { forecast, busy } = forecastOf(row);
    return (
      <ExportLine
        key={row.id}
        narrow={narrow}
        row={row}
        kind={kindOf(row)}
        at={at}
        rested={rested}
        selected={selected.has(row.id)}
        forecast={forecast}
        reckoning={busy}
        paused={system?.paused === true}
        onSelect={onSelect}
        onMove={onMove}
        onAction={onAction}
        onDecide={onDecide}
      />
    );
  });
}

/** Rows in place until the first ones are there. */
function Waiting() {
  const styles = useStyles();
  const grid = useGrid();
  return (
    <tbody aria-hidden>
      {[0, 1, 2].map((line) => (
        <tr key={line}>
          <td />
          {COLUMNS.map((by) => (
            <td key={by} className={mergeClasses(grid.cell, grid[by], styles.waiting)}>
              <Skeleton>
                <SkeletonItem size={16} />
              </Skeleton>
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
