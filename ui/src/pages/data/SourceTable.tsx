// The data sources: name, kind, profiles, when they were read. One is selected at a time; its fields stand
// under the table.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { AudienceRow } from "../../api";
import { Clip, type Column, DataTable, useFormat } from "../../parts";

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  second: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** What the table shows and tells. */
export interface SourceTableProps {
  sources: readonly AudienceRow[] | undefined;
  /** The id of the selected one. */
  selected: string | undefined;
  onSelect: (id: string) => void;
  /** Double click and Enter. */
  onOpen: (source: AudienceRow) => void;
}

/** The table of data sources. */
export function SourceTable({ sources, selected, onSelect, onOpen }: SourceTableProps) {
  const { t } = useTranslation("data");
  const format = useFormat();
  const styles = useStyles();
  const columns = useMemo(
    (): Column<AudienceRow>[] => [
      {
        id: "name",
        title: t("name"),
        cell: ({ name, segments, sample }) => (
          <>
            <Clip className={styles.name} text={name} />
            <Clip
              className={styles.second}
              text={t("segments.n", { count: segments }) + (sample ? ` · ${t("sample")}` : "")}
            />
          </>
        ),
      },
      { id: "kind", title: t("kind"), width: "14%", cell: ({ source }) => <Clip text={t(`kind.${source.kind}`)} /> },
      {
        id: "profiles",
        title: t("profiles"),
        width: "18%",
        end: true,
        cell: ({ profiles }) => <Clip text={format.number(profiles)} />,
      },
      {
        id: "refreshed",
        title: t("refreshed"),
        width: "29%",
        cell: ({ refreshed_at: at }) => <Clip text={format.ago(at)} full={format.dateTime(at)} />,
      },
    ],
    [t, format, styles],
  );
  return (
    <DataTable
      label={t("label")}
      columns={columns}
      rows={sources}
      id={({ id }) => id}
      name={({ name }) => name}
      selection={{
        single: true,
        selected: new Set(selected === undefined ? [] : [selected]),
        onSelect: ([id]) => {
          if (id !== undefined) onSelect(id);
        },
      }}
      onOpen={onOpen}
    />
  );
}
