// The table of segments: only the rows in view are rendered and asked for. A click anywhere in a row ticks it.
import { Checkbox, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { AccountShape, Product, Rows, SegmentRow } from "../../api";
import { Clip, tagged, useFormat, useRowLook } from "../../parts";
import { useWindowOfRows } from "../../parts/windowOfRows";
import type { Chosen } from "./draft";
import { ListTitle } from "./ListTitle";

const ROW = 36;

const useStyles = makeStyles({
  scroll: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    maxHeight: "290px",
    overflowY: "auto",
    overflowX: "hidden",
    minWidth: 0,
  },
  table: { width: "100%", tableLayout: "fixed", borderCollapse: "separate", borderSpacing: 0 },
  head: {
    position: "sticky",
    top: 0,
    zIndex: 1,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke1}`,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
  },
  cell: {
    height: "36px",
    padding: "0 8px",
    boxSizing: "border-box",
    textAlign: "start",
    overflow: "hidden",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  check: { width: "44px", paddingInlineEnd: 0 },
  list: { width: "36%" },
  members: { width: "96px", textAlign: "end", fontVariantNumeric: "tabular-nums", paddingInlineEnd: "16px" },
  row: { cursor: "pointer" },
  old: { color: tokens.colorNeutralForeground3 },
  spacer: { padding: 0, border: "none" },
  stale: { opacity: 0.6 },
});

/** What the table needs. */
export interface SegmentLinesProps {
  rows: Rows<SegmentRow>;
  chosen: readonly Chosen[];
  shape: AccountShape | undefined;
  product: Product;
  vendor: string;
  onToggle: (row: SegmentRow) => void;
  onToggleAll: () => void;
  onTitle: (id: string, title: string | null) => void;
}

/** The table. */
export function SegmentLines({ rows, chosen, shape, product, vendor, onToggle, onToggleAll, onTitle }: SegmentLinesProps) {
  const { t } = useTranslation("setup");
  const styles = useStyles();
  const look = useRowLook();
  const { scroll, first, last, before, after } = useWindowOfRows(rows.count, ROW);
  const { show } = rows;
  useEffect(() => {
    if (last >= first) show(first, last);
  }, [show, first, last]);
  const ids = new Set(chosen.map((segment) => segment.id));
  const indexes = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  const seen = indexes.map((at) => rows.at(at));
  // Beyond what is in view nothing is known of the others: then it is some of them.
  const every = indexes.length === rows.count && seen.every((row) => row !== undefined && ids.has(row.id));
  return (
    <div ref={scroll} className={styles.scroll}>
      <table
        aria-labelledby="set-up-segments"
        aria-rowcount={rows.count + 1}
        aria-busy={rows.stale}
        className={mergeClasses(styles.table, rows.stale && styles.stale)}
      >
        <thead>
          <tr>
            <th scope="col" className={mergeClasses(styles.cell, styles.check, styles.head)}>
              <Checkbox
                shape="circular"
                aria-label={t("segments.all")}
                checked={every ? true : chosen.length > 0 ? "mixed" : false}
                onChange={onToggleAll}
              />
            </th>
            <th scope="col" className={mergeClasses(styles.cell, styles.head)}>
              <Clip text={t("segments.column")} />
            </th>
            <th scope="col" className={mergeClasses(styles.cell, styles.list, styles.head)}>
              <Clip text={t("segments.list", { vendor, context: tagged(product) })} />
            </th>
            <th scope="col" className={mergeClasses(styles.cell, styles.members, styles.head)}>
              <Clip text={t("segments.members")} />
            </th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Spacer height={before} />}
          {indexes.map((index) => {
            const row = rows.at(index);
            const segment = chosen.find((one) => one.id === row?.id);
            return (
              <tr
                key={row?.id ?? `row ${String(index)}`}
                aria-rowindex={index + 2}
                className={mergeClasses(styles.row, look.row, segment !== undefined && look.selected)}
                onClick={({ target, currentTarget }) => {
                  // Not what happens in the popover of the list, nor on what has a meaning of its own.
                  if (row === undefined || !(target instanceof Element) || !currentTarget.contains(target)) return;
                  if (target.closest("button, input, label") === null) onToggle(row);
                }}
              >
                <td className={mergeClasses(styles.cell, styles.check)}>
                  {row !== undefined && (
                    <Checkbox
                      shape="circular"
                      aria-label={t("segments.select", { name: row.name })}
                      checked={segment !== undefined}
                      onChange={() => {
                        onToggle(row);
                      }}
                    />
                  )}
                </td>
                <td className={styles.cell}>{row !== undefined && <Clip text={row.name} />}</td>
                <td className={mergeClasses(styles.cell, styles.list)}>
                  {segment !== undefined && (
                    <ListTitle
                      shape={shape}
                      product={product}
                      segment={segment}
                      others={chosen}
                      onChange={(title) => {
                        onTitle(segment.id, title);
                      }}
                    />
                  )}
                </td>
                <td className={mergeClasses(styles.cell, styles.members)}>
                  {row !== undefined && <Members row={row} />}
                </td>
              </tr>
            );
          })}
          {after > 0 && <Spacer height={after} />}
        </tbody>
      </table>
    </div>
  );
}

function Members({ row: { members, outdated } }: { row: SegmentRow }) {
  const { t } = useTranslation("setup");
  const styles = useStyles();
  const format = useFormat();
  if (members === null) return <Clip className={styles.old} text={t("segments.uncounted")} />;
  if (!outdated) return format.number(members);
  const text = format.number(members);
  return <Clip className={styles.old} text={text} full={`${text}. ${t("segments.outdated")}`} />;
}

function Spacer({ height }: { height: number }) {
  const styles = useStyles();
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={4} className={styles.spacer} />
    </tr>
  );
}
