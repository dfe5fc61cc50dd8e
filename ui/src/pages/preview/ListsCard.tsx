// The lists of a preview: made or there already, who joins and who leaves.
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
import { useTranslation } from "react-i18next";

import type { PreviewView } from "../../api";
import { Card, Clip, useFormat } from "../../parts";

const useStyles = makeStyles({
  scroll: { overflowX: "auto" },
  table: { minWidth: "520px", tableLayout: "fixed" },
  first: { width: "32%" },
  number: { textAlign: "right", fontVariantNumeric: "tabular-nums" },
  head: { justifyContent: "flex-end" },
  strong: { fontWeight: tokens.fontWeightSemibold },
});

/** The card of the lists. */
export function ListsCard({ view }: { view: PreviewView }) {
  const { t } = useTranslation("preview");
  const styles = useStyles();
  const format = useFormat();
  const title = t("listsCard", { account: view.connection.name });
  if (view.preview.lists.length === 0) return null;
  return (
    <Card title={title}>
      <div className={styles.scroll}>
        <Table size="small" className={styles.table} aria-label={title}>
          <TableHeader>
            <TableRow>
              <TableHeaderCell className={styles.first}>{t("listsCard.list")}</TableHeaderCell>
              <TableHeaderCell>{t("listsCard.state")}</TableHeaderCell>
              {(["members", "joining", "leaving"] as const).map((column) => (
                <TableHeaderCell key={column} className={styles.number} button={{ className: styles.head }}>
                  {t(`listsCard.${column}`)}
                </TableHeaderCell>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {view.preview.lists.map((list) => (
              <TableRow key={list.title}>
                <TableCell className={styles.strong}>
                  <Clip text={list.title} />
                </TableCell>
                <TableCell>
                  <Clip text={list.exists ? t("listsCard.exists") : t("listsCard.new")} />
                </TableCell>
                <TableCell className={styles.number}>{list.exists ? format.number(list.members) : "–"}</TableCell>
                <TableCell className={styles.number}>{format.number(list.joining)}</TableCell>
                <TableCell className={styles.number}>{format.number(list.leaving)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </Card>
  );
}
