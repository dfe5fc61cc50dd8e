// A table of objects: sorted by its headings, selected by round checks, walked by arrows. A long one renders
// only the rows in view, and asks the engine only for those.
import { makeStyles, mergeClasses, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";

import type { Rows } from "../api";
import { type Column, type Order, TableHead } from "./TableHead";
import { useRowLook } from "./rowLook";
import { SelectCell } from "./SelectCell";
import { useWindowOfRows } from "./windowOfRows";

export type { Column, Order } from "./TableHead";

const useStyles = makeStyles({
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    overflow: "auto",
    minWidth: 0,
  },
  plain: { backgroundColor: "transparent", border: "none", borderRadius: 0 },
  long: { height: "calc(100vh - 300px)", minHeight: "264px", overflowAnchor: "none" },
  table: { width: "100%", tableLayout: "fixed", borderCollapse: "separate", borderSpacing: 0, minWidth: "480px" },
  row: {
    cursor: "default",
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" },
  },
  opens: { cursor: "pointer" },
  cell: {
    padding: "4px 8px",
    height: "44px",
    boxSizing: "border-box",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    overflow: "hidden",
    textAlign: "start",
    fontWeight: tokens.fontWeightRegular,
    ":first-child": { paddingInlineStart: "16px" },
    ":last-child": { paddingInlineEnd: "16px" },
  },
  dense: { height: "36px" },
  // Numbers keep their distance from the words after them.
  end: { textAlign: "end", fontVariantNumeric: "tabular-nums", paddingInlineEnd: "24px" },
  spacer: { padding: 0, border: "none" },
  stale: { opacity: 0.6 },
  none: { padding: "24px", textAlign: "center", color: tokens.colorNeutralForeground2 },
});

/** What is selected, and how that is changed. */
export interface Selection {
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  /** Whether only one can be selected. */
  single?: boolean;
}

/** What a table shows. */
export interface DataTableProps<R> {
  /** What the table is of, for screen readers. */
  label: string;
  columns: readonly Column<R>[];
  /** All rows, or a long list in parts (`useRows`); `undefined` while nothing was answered. */
  rows: readonly R[] | Rows<R> | undefined;
  id: (row: R) => string;
  /** What the row is called, for the label of its check. */
  name: (row: R) => string;
  selection?: Selection | undefined;
  order?: Order | undefined;
  onOrder?: ((order: Order) => void) | undefined;
  /** Double click and Enter. */
  onOpen?: ((row: R) => void) | undefined;
  /** In place of rows where there is none. */
  none?: ReactNode;
  /** Rows of 36 pixels. */
  dense?: boolean | undefined;
  /** Rows of another height, in pixels: all rows have the same, so that a long list can be placed. */
  height?: number | undefined;
  /** Whether it stands in a card already, and draws none of its own. */
  plain?: boolean | undefined;
}

function inParts<R>(rows: readonly R[] | Rows<R> | undefined): Rows<R> {
  if (rows !== undefined && "at" in rows && "show" in rows) return rows;
  const all = rows;
  return {
    count: all?.length ?? 0,
    at: (index) => all?.[index],
    show: () => undefined,
    pending: all === undefined,
    stale: false,
    error: null,
    again: () => undefined,
  };
}

/** Whether a click was meant for something in the row. */
function isInside(event: MouseEvent): boolean {
  return (event.target as HTMLElement).closest("a, button, input, label, [role=button]") !== null;
}

/** A table. */
export function DataTable<R>(props: DataTableProps<R>) {
  const { label, columns, id, name, selection, order, onOrder, onOpen, none, dense = false, plain = false } = props;
  const styles = useStyles();
  const look = useRowLook();
  const rows = inParts(props.rows);
  const height = props.height ?? (dense ? 36 : 44);
  const { scroll, first, last, before, after, reveal, long } = useWindowOfRows(rows.count, height);
  const [active, setActive] = useState(0);
  const wanted = useRef<number | null>(null);
  const { show } = rows;
  useEffect(() => {
    if (last >= first) show(first, last);
  }, [show, first, last]);

  const focus = (index: number) => {
    if (index < 0 || index >= rows.count) return;
    wanted.current = index;
    setActive(index);
    reveal(index);
  };
  const toggle = (row: R, alone: boolean) => {
    if (selection === undefined) return;
    const key = id(row);
    const { selected, onSelect, single } = selection;
    if (alone || single === true) {
      onSelect(new Set([key]));
      return;
    }
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    onSelect(next);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTableRowElement>, index: number, row: R | undefined) => {
    // Keys that are pressed in a button of the row are the button's.
    if (event.target !== event.currentTarget) return;
    const step = Math.max(1, last - first - 4);
    const target = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: rows.count - 1,
      PageDown: Math.min(rows.count - 1, index + step),
      PageUp: Math.max(0, index - step),
    }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      focus(target);
    } else if (event.key === " " && row !== undefined && selection !== undefined) {
      event.preventDefault();
      toggle(row, false);
    } else if (event.key === "Enter" && row !== undefined && onOpen !== undefined && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      onOpen(row);
    }
  };

  const span = columns.length + (selection === undefined ? 0 : 1);
  const here = Math.min(active, Math.max(0, rows.count - 1));
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  return (
    <div ref={scroll} data-scroll-area className={mergeClasses(styles.card, plain && styles.plain, long && styles.long)}>
      <table
        role="grid"
        aria-label={label}
        aria-rowcount={rows.count + 1}
        aria-colcount={span}
        aria-multiselectable={selection === undefined ? undefined : selection.single !== true}
        aria-busy={rows.pending || rows.stale}
        className={mergeClasses(styles.table, rows.stale && styles.stale)}
      >
        <TableHead
          columns={columns}
          order={order}
          onOrder={onOrder}
          selection={selection}
          all={props.rows !== undefined && !("show" in props.rows) ? props.rows.map(id) : null}
        />
        <tbody>
          {before > 0 && <Spacer height={before} span={span} className={styles.spacer} />}
          {indexes.map((index) => {
            const row = rows.at(index);
            const selected = row !== undefined && selection?.selected.has(id(row)) === true;
            return (
              <tr
                // In a long table a place stays what it is when its row comes, and so keeps the focus.
                key={long || row === undefined ? `row ${String(index)}` : id(row)}
                ref={(element) => {
                  if (element === null || wanted.current !== index) return;
                  wanted.current = null;
                  element.focus({ preventScroll: true });
                }}
                aria-rowindex={index + 2}
                aria-selected={selection === undefined ? undefined : selected}
                tabIndex={index === Math.max(first, Math.min(here, last)) ? 0 : -1}
                className={mergeClasses(look.row, styles.row, onOpen !== undefined && styles.opens, selected && look.selected)}
                onFocus={() => {
                  setActive(index);
                }}
                onClick={(event) => {
                  if (row !== undefined && !isInside(event)) toggle(row, !event.ctrlKey && !event.metaKey);
                }}
                onDoubleClick={(event) => {
                  if (row !== undefined && !isInside(event)) onOpen?.(row);
                }}
                onKeyDown={(event) => {
                  onKeyDown(event, index, row);
                }}
              >
                {selection !== undefined && (
                  <SelectCell
                    className={mergeClasses(styles.cell, dense && styles.dense)}
                    name={row === undefined ? null : name(row)}
                    selected={selected}
                    single={selection.single === true}
                    onToggle={() => {
                      if (row !== undefined) toggle(row, false);
                    }}
                  />
                )}
                {columns.map((column) => (
                  <td
                    key={column.id}
                    className={mergeClasses(styles.cell, dense && styles.dense, column.end === true && styles.end)}
                    style={props.height === undefined ? undefined : { height }}
                  >
                    {row === undefined ? <Waiting /> : column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {after > 0 && <Spacer height={after} span={span} className={styles.spacer} />}
          {rows.pending && <Pending columns={span} className={styles.cell} />}
          {!rows.pending && rows.count === 0 && rows.error === null && (
            <tr>
              <td colSpan={span} className={styles.none}>
                {none}
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ height, span, className }: { height: number; span: number; className: string }) {
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={span} className={className} />
    </tr>
  );
}

function Waiting() {
  return (
    <Skeleton aria-hidden>
      <SkeletonItem size={12} />
    </Skeleton>
  );
}

/** Rows in place until the first ones are there. */
function Pending({ columns, className }: { columns: number; className: string }) {
  return [0, 1, 2, 3, 4].map((row) => (
    <tr key={row} aria-hidden>
      {Array.from({ length: columns }, (_, column) => (
        <td key={column} className={className}>
          <Waiting />
        </td>
      ))}
    </tr>
  ));
}
