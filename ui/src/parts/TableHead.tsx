// The headings of a table: they sort, and the first one selects all.
import { Button, Checkbox, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { ArrowDown16Regular, ArrowUp16Regular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Clip } from "./Clip";
import type { Selection } from "./DataTable";

/** A column. */
export interface Column<R> {
  id: string;
  title: string;
  cell: (row: R) => ReactNode;
  /** Its width, for example `20%` or `120px`; the others share what is left. */
  width?: string;
  /** Whether it is written to the end, as numbers are. */
  end?: boolean;
  /** Whether the rows can be sorted by it. */
  sorts?: boolean;
}

/** By what the rows are sorted. */
export interface Order {
  by: string;
  descending: boolean;
}

const useStyles = makeStyles({
  head: {
    position: "sticky",
    top: 0,
    zIndex: 1,
    height: "44px",
    padding: "0 8px",
    boxSizing: "border-box",
    textAlign: "start",
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    overflow: "hidden",
    ":first-child": { paddingInlineStart: "16px" },
    ":last-child": { paddingInlineEnd: "16px" },
  },
  check: { width: "56px" },
  end: { textAlign: "end", paddingInlineEnd: "24px" },
  sort: { minWidth: 0, maxWidth: "100%", padding: 0, fontWeight: tokens.fontWeightSemibold, height: "32px" },
});

interface TableHeadProps<R> {
  columns: readonly Column<R>[];
  order: Order | undefined;
  onOrder: ((order: Order) => void) | undefined;
  selection: Selection | undefined;
  /** All ids; `null`: not all are known, so they cannot be selected at once. */
  all: readonly string[] | null;
}

/** The headings. */
export function TableHead<R>({ columns, order, onOrder, selection, all }: TableHeadProps<R>) {
  const styles = useStyles();
  const { t } = useTranslation("frame");
  return (
    <thead>
      <tr>
        {selection !== undefined && <SelectHead selection={selection} all={all} />}
        {columns.map(({ id, title, width, end, sorts }) => {
          const here = order?.by === id;
          const Arrow = order?.descending === true ? ArrowDown16Regular : ArrowUp16Regular;
          return (
            <th
              key={id}
              scope="col"
              aria-sort={here ? (order.descending ? "descending" : "ascending") : undefined}
              className={mergeClasses(styles.head, end === true && styles.end)}
              style={{ width }}
            >
              {sorts === true && onOrder !== undefined ? (
                <Button
                  appearance="transparent"
                  className={styles.sort}
                  icon={here ? <Arrow aria-hidden /> : undefined}
                  iconPosition={end === true ? "before" : "after"}
                  aria-label={here ? undefined : t("table.sort", { column: title })}
                  onClick={() => {
                    onOrder({ by: id, descending: here && !order.descending });
                  }}
                >
                  <Clip text={title} />
                </Button>
              ) : (
                <Clip text={title} />
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

/** Over the checks; a heading that heads nothing would only be heard as a blank. */
function SelectHead({ selection, all }: { selection: Selection; all: readonly string[] | null }) {
  const styles = useStyles();
  const className = mergeClasses(styles.head, styles.check);
  if (all === null || selection.single === true) return <td className={className} />;
  return (
    <th scope="col" className={className}>
      <SelectAll selection={selection} all={all} />
    </th>
  );
}

function SelectAll({ selection: { selected, onSelect }, all }: { selection: Selection; all: readonly string[] }) {
  const { t } = useTranslation("frame");
  const chosen = all.filter((id) => selected.has(id)).length;
  const whole = all.length > 0 && chosen === all.length;
  return (
    <Checkbox
      shape="circular"
      aria-label={t("table.selectAll")}
      checked={whole ? true : chosen > 0 ? "mixed" : false}
      onChange={() => {
        onSelect(new Set(whole ? [] : all));
      }}
    />
  );
}
