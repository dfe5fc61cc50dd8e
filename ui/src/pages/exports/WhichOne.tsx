// The question that costs people most: which of the two products they have.
import { makeStyles, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { PRODUCTS } from "../../parts";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "4px", maxWidth: "768px", minWidth: 0 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  text: { margin: "0 0 8px" },
  card: {
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    overflowX: "auto",
  },
  table: { minWidth: "520px" },
  strong: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** What tells them apart. */
const SIGNS = ["opened", "grouped", "key"] as const;

/** The table. */
export function WhichOne() {
  const { t } = useTranslation("exports");
  const styles = useStyles();
  return (
    <section className={styles.all} aria-labelledby="exports-which">
      <h2 id="exports-which" className={styles.title}>
        {t("which")}
      </h2>
      <p className={styles.text}>{t("which.text")}</p>
      <div className={styles.card}>
        <Table className={styles.table} aria-labelledby="exports-which">
          <TableHeader>
            <TableRow>
              <TableHeaderCell className={styles.strong}>{t("which.see")}</TableHeaderCell>
              {PRODUCTS.map((product) => (
                <TableHeaderCell key={product} className={styles.strong}>
                  {t(`tile.${product}.name`)}
                </TableHeaderCell>
              ))}
            </TableRow>
          </TableHeader>
          <TableBody>
            {SIGNS.map((sign) => (
              <TableRow key={sign}>
                <TableCell className={styles.quiet}>{t(`which.${sign}`)}</TableCell>
                {PRODUCTS.map((product) => (
                  <TableCell key={product}>{t(`which.${sign}.${product}`)}</TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </div>
    </section>
  );
}
