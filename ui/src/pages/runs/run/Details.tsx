// What support needs to know of a run: the engine's own English sentence stands here and nowhere else.
import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { RunDetail } from "../../../api";
import { CopyButton, useFormat } from "../../../parts";

const useStyles = makeStyles({
  facts: { margin: 0, display: "grid", gridTemplateColumns: "minmax(96px, max-content) minmax(0, 1fr)", gap: "4px 16px" },
  term: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  fact: {
    margin: 0,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: "anywhere",
  },
  copy: { marginTop: "8px" },
});

/** The details of a run, folded. */
export function Details({ detail }: { detail: RunDetail }) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const format = useFormat();
  const { run, planned_at, fields } = detail;
  const facts: [string, string][] = [
    [t("details.id"), run.id],
    [t("details.started"), format.dateTime(run.started_at)],
    [t("details.planned"), planned_at === null ? t("details.none") : format.dateTime(planned_at)],
    [t("details.fields"), fields.length === 0 ? t("details.none") : fields.join(", ")],
    [t("details.reason"), run.reason === "" ? t("details.none") : run.reason],
  ];
  return (
    <Accordion collapsible>
      <AccordionItem value="details">
        <AccordionHeader as="h2">{t("details")}</AccordionHeader>
        <AccordionPanel>
          <dl className={styles.facts}>
            {facts.map(([term, fact]) => (
              <div key={term} style={{ display: "contents" }}>
                <dt className={styles.term}>{term}</dt>
                <dd className={styles.fact}>{fact}</dd>
              </div>
            ))}
          </dl>
          <div className={styles.copy}>
            <CopyButton text={facts.map(([term, fact]) => `${term}: ${fact}`).join("\n")} size="small" />
          </div>
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
}
