// The table of the connections. Whatever belongs together stands in one cell: the account under its type, the
// test under the key, the consent under the export user, the contract under the pace.
import { Badge, makeStyles, tokens } from "@fluentui/react-components";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { ConnectionRow } from "../../api";
import { Clip, type Column, DataTable, ProductGlyph, useAccountWords, useFormat, useWho } from "../../parts";
import { KeyCell } from "./KeyCell";

const useStyles = makeStyles({
  name: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0, fontWeight: tokens.fontWeightSemibold },
  type: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
  words: { minWidth: 0, flexGrow: 1 },
  badge: { flexShrink: 0 },
  quiet: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** What the table needs. */
export interface ConnectionTableProps {
  /** The rows; `undefined` while they are read. */
  rows: readonly ConnectionRow[] | undefined;
  /** The id of the selected one. */
  selected: string | undefined;
  /** The id of the one that is being tested. */
  testing: string | undefined;
  onSelect: (id: string) => void;
  onOpen: (row: ConnectionRow) => void;
}

/** The table. */
export function ConnectionTable({ rows, selected, testing, onSelect, onOpen }: ConnectionTableProps) {
  const { t } = useTranslation("admin");
  const columns = useColumns(testing);
  const selection = useMemo(
    () => ({
      selected: new Set(selected === undefined ? [] : [selected]),
      onSelect: (ids: ReadonlySet<string>) => {
        const [id] = ids;
        if (id !== undefined) onSelect(id);
      },
      single: true,
    }),
    [selected, onSelect],
  );
  return (
    <DataTable
      label={t("connections.table")}
      columns={columns}
      rows={rows}
      id={({ connection }) => connection.id}
      name={({ connection }) => connection.name}
      selection={selection}
      onOpen={onOpen}
    />
  );
}

function useColumns(testing: string | undefined): readonly Column<ConnectionRow>[] {
  const { t } = useTranslation("admin");
  return useMemo(
    () => [
      { id: "name", title: t("column.name"), width: "17%", cell: (row) => <Name row={row} /> },
      { id: "type", title: t("column.type"), width: "19%", cell: (row) => <Account row={row} /> },
      {
        id: "key",
        title: t("column.key"),
        width: "16%",
        cell: (row) => <KeyCell row={row} testing={row.connection.id === testing} />,
      },
      { id: "user", title: t("column.user"), cell: (row) => <User row={row} /> },
      { id: "rate", title: t("column.rate"), cell: (row) => <Pace row={row} /> },
      { id: "used", title: t("column.used"), width: "13%", cell: (row) => <Used row={row} /> },
    ],
    [t, testing],
  );
}

function Name({ row: { connection, practice } }: { row: ConnectionRow }) {
  const { t } = useTranslation("words");
  const styles = useStyles();
  return (
    <div className={styles.name}>
      <Clip text={connection.name} />
      {practice && (
        <Badge className={styles.badge} appearance="tint">
          {t("practice")}
        </Badge>
      )}
    </div>
  );
}

function Account({ row: { connection } }: { row: ConnectionRow }) {
  const words = useAccountWords();
  const styles = useStyles();
  const { type, origin } = connection;
  return (
    <div className={styles.type}>
      <ProductGlyph product={type} />
      <div className={styles.words}>
        <Clip text={words.full(connection)} />
        <Clip className={styles.quiet} text={origin} />
      </div>
    </div>
  );
}

function User({ row: { connection } }: { row: ConnectionRow }) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const format = useFormat();
  const who = useWho();
  const { consent, export_user } = connection;
  return (
    <>
      <Clip text={who(export_user)} />
      {consent === null ? (
        <Clip className={styles.quiet} text={t("consent.none")} />
      ) : (
        <Clip
          className={styles.quiet}
          text={t("consent.on", { date: format.date(consent.given_at) })}
          full={t("consent.by", { user: who(consent.given_by), date: format.date(consent.given_at) })}
        />
      )}
    </>
  );
}

function Pace({ row: { connection } }: { row: ConnectionRow }) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const { rate, contract_size } = connection;
  return (
    <>
      <Clip text={rate === 0 ? t("rate.none") : t("rate.of", { rate })} />
      <Clip
        className={styles.quiet}
        text={contract_size === null ? t("contract.none") : t("contract.of", { count: contract_size })}
      />
    </>
  );
}

function Used({ row: { used_by } }: { row: ConnectionRow }) {
  const { t } = useTranslation("admin");
  const format = useFormat();
  return <Clip text={used_by.length === 0 ? t("used.none") : format.list(used_by.map((one) => one.name))} />;
}
