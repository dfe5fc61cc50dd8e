// The audit log, newest first: paged from the engine and drawn only where it is in view.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Entry, useRows } from "../../api";
import { Card, Clip, type Column, CopyCommand, DataTable, ErrorBar, SearchBox, useFormat, useWho } from "../../parts";
import { actionWords } from "./action";

const useStyles = makeStyles({
  search: { width: "240px", maxWidth: "100%" },
  aside: { display: "flex", alignItems: "center", gap: "8px", flexWrap: "wrap" },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The card of the audit log. */
export function AuditCard() {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const [search, setSearch] = useState("");
  const rows = useRows("audit_list", { search });
  const columns = useColumns();
  return (
    <Card
      title={t("audit.title")}
      aside={
        <div className={styles.aside}>
          <SearchBox className={styles.search} value={search} onSearch={setSearch} label={t("audit.search")} />
          <CopyCommand size="small" words={["audit", "list"]} />
        </div>
      }
    >
      {rows.error === null ? (
        <DataTable
          plain
          dense
          label={t("audit.title")}
          columns={columns}
          rows={rows}
          // Nothing else tells two entries apart, and no two are the same in all of it.
          id={({ at, action, subject, detail }) => [at, action, subject, detail].join("\n")}
          name={({ action }) => action}
          none={search === "" ? t("audit.none") : t("audit.noMatch", { search })}
        />
      ) : (
        <ErrorBar failure={rows.error} onRetry={rows.again} />
      )}
    </Card>
  );
}

function useColumns(): readonly Column<Entry>[] {
  const { t } = useTranslation(["admin", "words"]);
  const styles = useStyles();
  const format = useFormat();
  const who = useWho();
  return useMemo(
    () => [
      {
        id: "when",
        title: t("audit.when"),
        width: "188px",
        cell: ({ at }) => <Clip className={styles.quiet} text={format.dateTime(at)} />,
      },
      { id: "who", title: t("audit.who"), width: "25%", cell: ({ actor }) => <Clip text={who(actor)} /> },
      { id: "what", title: t("audit.what"), cell: (entry) => <Clip text={actionWords(t, entry)} /> },
    ],
    [t, styles, format, who],
  );
}
