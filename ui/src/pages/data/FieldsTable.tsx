// The fields of a data source: type, what they may mean, how full they are, and samples.
import { makeStyles, tokens } from "@fluentui/react-components";
import {
  CalendarLtr16Regular,
  Clock16Regular,
  Key16Regular,
  NumberSymbol16Regular,
  TextT16Regular,
  ToggleLeft16Regular,
} from "@fluentui/react-icons";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { AudienceDetail, Column as FieldOf } from "../../api";
import { Clip, type Column, DataTable, useFormat } from "../../parts";
import { useMeaning } from "./meaning";

const icons = {
  text: TextT16Regular,
  integer: NumberSymbol16Regular,
  float: NumberSymbol16Regular,
  boolean: ToggleLeft16Regular,
  date: CalendarLtr16Regular,
  timestamp: Clock16Regular,
};

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  type: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
  icon: { flexShrink: 0, color: tokens.colorNeutralForeground2 },
  filled: { display: "flex", alignItems: "center", gap: "12px" },
  bar: {
    flexGrow: 1,
    height: "8px",
    borderRadius: "4px",
    overflow: "hidden",
    backgroundColor: tokens.colorNeutralBackground5,
    "@media (forced-colors: active)": { border: "1px solid CanvasText" },
  },
  full: {
    height: "100%",
    backgroundColor: tokens.colorBrandBackground,
    "@media (forced-colors: active)": { forcedColorAdjust: "none", backgroundColor: "Highlight" },
  },
  percent: { width: "64px", flexShrink: 0, textAlign: "right", fontVariantNumeric: "tabular-nums" },
  samples: { color: tokens.colorNeutralForeground2 },
});

/** What the table shows. */
export interface FieldsTableProps {
  detail: AudienceDetail;
  /** The fields that fit the search, in the order of the file. */
  fields: readonly FieldOf[];
}

/** The table of fields. */
export function FieldsTable({ detail, fields }: FieldsTableProps) {
  const { t } = useTranslation("data");
  const styles = useStyles();
  const columns = useMemo(
    (): Column<FieldOf>[] => [
      { id: "field", title: t("field"), width: "21%", cell: ({ name }) => <Clip className={styles.name} text={name} /> },
      { id: "type", title: t("type"), width: "16%", cell: (field) => <Type field={field} isKey={field.name === detail.key} /> },
      { id: "meaning", title: t("meaning"), width: "17%", cell: ({ name }) => <Meaning detail={detail} field={name} /> },
      { id: "filled", title: t("filled"), width: "21%", cell: ({ filled }) => <Filled filled={filled} total={detail.row.profiles} /> },
      { id: "samples", title: t("samples"), cell: ({ samples }) => <Clip className={styles.samples} text={samples.join(" · ")} /> },
    ],
    [t, styles, detail],
  );
  return (
    <DataTable
      dense
      label={t("fields.of", { name: detail.row.name })}
      columns={columns}
      rows={fields}
      id={({ name }) => name}
      name={({ name }) => name}
    />
  );
}

function Type({ field, isKey }: { field: FieldOf; isKey: boolean }) {
  const { t } = useTranslation("data");
  const styles = useStyles();
  const Icon = isKey ? Key16Regular : icons[field.type];
  return (
    <div className={styles.type}>
      <Icon aria-hidden className={styles.icon} />
      <Clip text={t(`type.${field.type}`)} />
    </div>
  );
}

function Meaning({ detail, field }: { detail: AudienceDetail; field: string }) {
  const { t } = useTranslation("data");
  const meaning = useMeaning(detail, field);
  if (meaning === null) return "–";
  return <Clip text={meaning.words} full={meaning.suggested ? `${meaning.words}. ${t("meaning.suggested")}` : undefined} />;
}

function Filled({ filled, total }: { filled: number; total: number }) {
  const { t } = useTranslation("data");
  const format = useFormat();
  const styles = useStyles();
  const share = total === 0 ? 0 : Math.min(1, filled / total);
  return (
    <div className={styles.filled}>
      {/* The figure beside it says the same. */}
      <div className={styles.bar} aria-hidden>
        <div className={styles.full} style={{ width: `${String(share * 100)}%` }} />
      </div>
      <div className={styles.percent}>
        <Clip text={format.percent(share)} full={t("filled.of", { filled, total })} />
      </div>
    </div>
  );
}
