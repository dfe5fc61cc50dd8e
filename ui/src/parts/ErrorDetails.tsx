// What support needs to know of a failure, and a button that copies it.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Failure } from "../api";
import { CopyButton } from "./Copy";
import { isPrecise } from "./errors";

const useStyles = makeStyles({
  facts: { margin: 0, display: "grid", gridTemplateColumns: "minmax(96px, max-content) 1fr", gap: "8px 16px" },
  term: { color: tokens.colorNeutralForeground2 },
  fact: { margin: 0, overflowWrap: "anywhere" },
  summary: { cursor: "pointer", marginBottom: "8px" },
});

/** The engine's own sentence and code. */
export function ErrorDetails({ failure }: { failure: Failure }) {
  const styles = useStyles();
  const { t } = useTranslation("frame");
  const all = [failure.code, failure.message, failure.help].filter((part) => part !== "").join("\n");
  return (
    <details open={isPrecise(failure)}>
      <summary className={styles.summary}>{t("error.details")}</summary>
      <dl className={styles.facts}>
        <dt className={styles.term}>{t("error.code")}</dt>
        <dd className={styles.fact}>{failure.code}</dd>
        <dt className={styles.term}>{t("error.message")}</dt>
        <dd className={styles.fact} lang="en">
          {failure.message}
        </dd>
        {failure.help !== "" && (
          <>
            <dt className={styles.term}>{t("error.help")}</dt>
            <dd className={styles.fact} lang="en">
              {failure.help}
            </dd>
          </>
        )}
      </dl>
      <CopyButton text={all} size="small" />
    </details>
  );
}
