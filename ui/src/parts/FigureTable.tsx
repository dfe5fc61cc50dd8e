// A small table of figures: a column of words first, and numbers that stand under one another.
import {
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
  tokens,
} from "@fluentui/react-components";
import type { ReactNode } from "react";

import { Clip } from "./Clip";

/** A column after the first. */
export interface FigureColumn<T> {
  id: string;
  title: string;
  /** What stands in it; a figure is set to the right. */
  cell: (row: T) => ReactNode;
  /** Whether it holds words, not figures. */
  words?: boolean;
  width?: string;
}

/** What the table needs. */
export interface FigureTableProps<T> {
  label: string;
  /** The head of the first column, its width, and what a row is called. */
  first: { title: string; width: string; name: (row: T) => string };
  columns: readonly FigureColumn<T>[];
  rows: readonly T[];
  id: (row: T) => string;
  /** Narrower than this it is scrolled. */
  minWidth: string;
}

const useStyles = makeStyles({
  scroll: { overflowX: "auto" },
  table: { tableLayout: "fixed" },
  figure: { textAlign: "right", fontVariantNumeric: "tabular-nums" },
  head: { justifyContent: "flex-end" },
  strong: { fontWeight: tokens.fontWeightSemibold },
});

/** The table. */
export function FigureTable<T>({ label, first, columns, rows, id, minWidth }: FigureTableProps<T>) {
  const styles = useStyles();
  return (
    <div className={styles.scroll}>
      <Table size="small" className={styles.table} style={{ minWidth }} aria-label={label}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell style={{ width: first.width }}>{first.title}</TableHeaderCell>
            {columns.map(({ id: column, title, words, width }) => (
              <TableHeaderCell
                key={column}
                style={{ width }}
                {...(words === true ? {} : { className: styles.figure, button: { className: styles.head } })}
              >
                {title}
              </TableHeaderCell>
            ))}
          </TableRow>
        </TableHeader>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={id(row)}>
              <TableCell className={styles.strong}>
                <Clip text={first.name(row)} />
              </TableCell>
              {columns.map(({ id: column, words, cell }) => (
                <TableCell key={column} className={words === true ? undefined : styles.figure}>
                  {cell(row)}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
