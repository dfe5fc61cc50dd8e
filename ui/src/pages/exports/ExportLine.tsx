// An export in *My export destinations*: its row, and under it the quiet line *If you ran it now*.
import { Badge, Button, Checkbox, makeStyles, mergeClasses, tokens } from "@fluentui/react-components";
import { Edit16Regular, PlugDisconnectedRegular } from "@fluentui/react-icons";
import { type KeyboardEvent, memo, type MouseEvent } from "react";
import { useTranslation } from "react-i18next";

import type { ExportRow, Forecast } from "../../api";
import { Clip, ProductGlyph, useFormat, useRowLook } from "../../parts";
import type { ExportTableProps } from "./ExportTable";
import { useGrid } from "./grid";
import { IfNow } from "./IfNow";
import { RowMenu } from "./RowMenu";
import { isRunning, nameId } from "./rows";
import { ScheduleCell } from "./schedule/ScheduleCell";
import { StatusCell } from "./StatusCell";

const useStyles = makeStyles({
  line: {
    // Pencil and ellipsis are there for whoever points at the row, is in it by keys, or selected it; until then
    // their room is the name's.
    "& [data-actions]": { opacity: 0, marginInlineStart: "-52px" },
    ":hover [data-actions]": { opacity: 1, marginInlineStart: 0 },
    ":focus-within [data-actions]": { opacity: 1, marginInlineStart: 0 },
  },
  selected: { "& [data-actions]": { opacity: 1, marginInlineStart: 0 } },
  row: { ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: "-2px" } },
  cell: { height: "52px", boxSizing: "border-box" },
  last: { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  under: {
    padding: "0 8px 8px",
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: { display: "flex", alignItems: "center", gap: "4px", minWidth: 0 },
  words: { minWidth: 0, flexGrow: 1 },
  strong: { fontWeight: tokens.fontWeightSemibold },
  actions: { display: "flex", flexShrink: 0 },
  product: { display: "flex", alignItems: "center", gap: "10px", minWidth: 0 },
  two: { minWidth: 0 },
  late: { color: tokens.colorNeutralForeground2 },
  detached: {
    display: "flex",
    alignItems: "center",
    gap: "6px",
    color: tokens.colorNeutralForeground2,
    minWidth: 0,
  },
  fixed: { flexShrink: 0 },
});

/** What a row needs. */
export interface ExportLineProps extends Pick<ExportTableProps, "onSelect" | "onAction" | "onDecide"> {
  row: ExportRow;
  /** What tells its account from others of the vendor: classic, or a region. */
  kind: string;
  /** Its place, from 0. */
  at: number;
  selected: boolean;
  /** Whether its buttons are there: until somebody points at the row they are not seen. */
  rested: boolean;
  forecast: Forecast | null;
  reckoning: boolean;
  /** Whether all schedules are paused. */
  paused: boolean;
  /** Whether only name and status have room. */
  narrow: boolean;
  onMove: (event: KeyboardEvent, at: number) => void;
}

/** Whether something that has a meaning of its own was pressed. */
function isOwn({ target, currentTarget }: MouseEvent): boolean {
  // React also tells of what happens in menus of this row, which stand elsewhere in the page.
  if (!(target instanceof Element) || !currentTarget.contains(target)) return true;
  return target.closest("button, a, input, label") !== null;
}

/** A row. */
export const ExportLine = memo(function ExportLine(props: ExportLineProps) {
  const { row, kind, at, selected, rested, forecast, reckoning, paused, narrow, onSelect, onMove, onAction, onDecide } = props;
  const { t } = useTranslation(["exports", "frame", "words"]);
  const styles = useStyles();
  const grid = useGrid();
  const look = useRowLook();
  const format = useFormat();
  const toggle = () => {
    onSelect((old) => {
      const next = new Set(old);
      if (!next.delete(row.id)) next.add(row.id);
      return next;
    });
  };
  const edit = () => {
    onAction("edit", row);
  };
  const mouse = {
    onClick: (event: MouseEvent) => {
      if (isOwn(event)) return;
      if (event.ctrlKey || event.metaKey) toggle();
      else onSelect(() => new Set([row.id]));
    },
    onDoubleClick: (event: MouseEvent) => {
      if (!isOwn(event)) edit();
    },
  };
  const line = !isRunning(row) && row.connection !== null && (forecast !== null || reckoning);
  const cell = mergeClasses(grid.cell, styles.cell, !line && styles.last);
  return (
    <tbody className={mergeClasses(styles.line, look.row, selected && styles.selected, selected && look.selected)}>
      <tr
        tabIndex={0}
        aria-selected={selected}
        className={styles.row}
        {...mouse}
        onKeyDown={(event) => {
          // Keys that are pressed in a button of the row are the button's.
          if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
          if (event.key === " ") {
            event.preventDefault();
            toggle();
          } else if (event.key === "Enter") {
            event.preventDefault();
            edit();
          } else {
            onMove(event, at);
          }
        }}
      >
        <td className={mergeClasses(cell, grid.check)}>
          <Checkbox
            shape="circular"
            // The row is the stop of the Tab key, and Space on it does the same.
            tabIndex={-1}
            aria-label={t("frame:table.select", { name: row.name })}
            checked={selected}
            onChange={toggle}
          />
        </td>
        <td className={cell}>
          <div className={styles.name}>
            <div className={styles.words}>
              <div className={styles.strong} id={nameId(row)}>
                <Clip text={row.name} />
              </div>
              {row.practice && (
                <Badge size="small" appearance="tint">
                  {t("words:practice")}
                </Badge>
              )}
              <div className={mergeClasses(grid.quiet, grid.narrow)}>
                <Clip text={row.connection?.name ?? t("noConnection")} />
              </div>
            </div>
            {rested && (
              <div className={styles.actions} data-actions>
                <Button
                  appearance="transparent"
                  size="small"
                  icon={<Edit16Regular />}
                  aria-label={t("command.editOf", { name: row.name })}
                  title={t("command.edit")}
                  onClick={edit}
                />
                <RowMenu row={row} onAction={onAction} />
              </div>
            )}
          </div>
        </td>
        <td className={mergeClasses(cell, grid.type)}>
          {row.product !== null && (
            <div className={styles.product}>
              <ProductGlyph product={row.product} />
              <div className={styles.two}>
                <Clip text={t(`words:product.${row.product}`)} />
                <div className={grid.quiet}>
                  <Clip text={kind} />
                </div>
              </div>
            </div>
          )}
        </td>
        <td className={cell}>
          <StatusCell row={row} onDecide={onDecide} />
        </td>
        <td className={mergeClasses(cell, grid.refreshed)}>
          <Refreshed row={row} />
        </td>
        <td className={mergeClasses(cell, grid.schedule)}>
          <ScheduleCell row={row} paused={paused} />
        </td>
        <td className={mergeClasses(cell, grid.connection)}>
          {row.connection === null ? (
            <div className={styles.detached}>
              <PlugDisconnectedRegular className={styles.fixed} aria-hidden />
              <Clip text={t("noConnection")} />
            </div>
          ) : (
            <>
              <Clip text={row.connection.name} />
              {row.product !== null && (
                <div className={grid.quiet}>
                  <Clip text={t(`account.${row.product}`)} />
                </div>
              )}
            </>
          )}
        </td>
        <td className={mergeClasses(cell, grid.created, styles.late)}>
          <Clip text={format.date(row.created_at)} full={format.dateTime(row.created_at)} />
        </td>
      </tr>
      {line && (
        <tr {...mouse}>
          <td className={styles.last} />
          <td colSpan={narrow ? 2 : 4} className={styles.under}>
            <IfNow forecast={forecast} busy={reckoning} />
          </td>
          {/* Cells of their own: they leave with their columns. */}
          <td className={mergeClasses(styles.last, grid.schedule)} />
          <td className={mergeClasses(styles.last, grid.connection)} />
          <td className={mergeClasses(styles.last, grid.created)} />
        </tr>
      )}
    </tbody>
  );
});

/** When the last run began or ended. */
function Refreshed({ row }: { row: ExportRow }) {
  const { t } = useTranslation("exports");
  const grid = useGrid();
  const format = useFormat();
  const run = row.last_run;
  if (run === null) return <Clip text={t("never")} />;
  if (isRunning(row)) {
    return (
      <>
        <div>{t("now")}</div>
        <div className={grid.quiet}>{t("since", { time: format.time(run.started_at) })}</div>
      </>
    );
  }
  const at = run.finished_at ?? run.started_at;
  return <Clip text={format.ago(at)} full={format.dateTime(at)} />;
}
