// Why the files were not taken, in words: which line and column, and what was expected there.
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Failure } from "../../api";
import { ErrorBar } from "../../parts";
import { refusalOf } from "./refusal";

const useStyles = makeStyles({ words: { overflowWrap: "anywhere" }, line: { display: "block" } });

/** Every word that a sentence may ask for; each asks for those that its pattern finds. */
const blank = { file: "", otherFile: "", line: "", other: "", column: "", found: "", expected: "", type: "" };

/** The bar over the form; other failures have the words that they have everywhere. */
export function RefusalBar({ failure }: { failure: Failure }) {
  const { t } = useTranslation("data");
  const styles = useStyles();
  const refusal = refusalOf(failure.message);
  if (refusal === null) return <ErrorBar failure={failure} />;
  const { kind, values } = refusal;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody className={styles.words}>
        <MessageBarTitle>{t("refused.title")}</MessageBarTitle>
        <span className={styles.line}>{t(`refused.${kind}`, { ...blank, ...values })}</span>
        <span className={styles.line}>{t(`refused.${kind}.help`)}</span>
        <span className={styles.line}>{t("refused.unchanged")}</span>
      </MessageBarBody>
    </MessageBar>
  );
}
