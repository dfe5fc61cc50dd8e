// What Segue keeps of an address, in numbers.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { PersonRecord } from "../../api";
import { PageLink } from "../../parts";

const useStyles = makeStyles({
  box: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    padding: "12px",
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  facts: { margin: 0, display: "flex", flexDirection: "column", gap: "8px" },
  fact: { display: "flex", justifyContent: "space-between", gap: "12px" },
  value: { margin: 0, textAlign: "end", fontVariantNumeric: "tabular-nums" },
});

/** The numbers. */
export function Kept({ person }: { person: PersonRecord }) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  if (person.forgotten) {
    return (
      <div className={styles.box} role="status">
        {t("forget.already")}
      </div>
    );
  }
  const nothing = person.receipts.length === 0 && person.runs.length === 0;
  const facts = [
    [t("forget.values"), t("forget.exports", { count: person.receipts.length })],
    [t("forget.details"), t("forget.lines", { count: person.runs.length })],
    [t("forget.logs"), t("forget.logs.none")],
  ] as const;
  return (
    <div className={styles.box} role="status">
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={styles.fact}>
            <dt>{name}</dt>
            <dd className={styles.value}>{value}</dd>
          </div>
        ))}
      </dl>
      {nothing ? (
        t("forget.nothing")
      ) : (
        <PageLink to="/people" search={{ email: person.email }}>
          {t("forget.see")}
        </PageLink>
      )}
    </div>
  );
}
