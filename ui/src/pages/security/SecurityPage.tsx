// Security: what was agreed to, what was done, and what Segue remembers about people.
import { makeStyles } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { Page } from "../../parts";
import { AuditCard } from "./AuditCard";
import { ConfigurationCard } from "./ConfigurationCard";
import { ConsentCard } from "./ConsentCard";
import { ForgetCard } from "./ForgetCard";
import { RetentionCard } from "./RetentionCard";

const useStyles = makeStyles({
  columns: {
    display: "grid",
    gridTemplateColumns: "minmax(0, 1fr) 364px",
    alignItems: "start",
    gap: "16px",
    "@media (max-width: 1100px)": { gridTemplateColumns: "minmax(0, 1fr)" },
  },
  column: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
});

/** Security. */
export function SecurityPage() {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  return (
    <Page title={t("security.title")} about={t("security.about")}>
      <div className={styles.columns}>
        <div className={styles.column}>
          <ConsentCard />
          <AuditCard />
        </div>
        <div className={styles.column}>
          <ForgetCard />
          <RetentionCard />
          <ConfigurationCard />
        </div>
      </div>
    </Page>
  );
}
