// Diagnostics: what is in the file, before it is written; then where it is.
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, Spinner, tokens } from "@fluentui/react-components";
import { DocumentArrowDownRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Failure, useAskNow, useTell } from "../../api";
import { Card, CopyCommand, ErrorBar, useFormat, useReveal } from "../../parts";

const PARTS = ["about", "database", "settings", "runs", "logs"] as const;

const useStyles = makeStyles({
  text: { margin: 0 },
  contents: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  parts: { margin: "4px 0 0", paddingInlineStart: "20px", color: tokens.colorNeutralForeground2 },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
  path: { overflowWrap: "anywhere" },
});

/** The card of the diagnostics. */
export function DiagnosticsCard() {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const format = useFormat();
  const ask = useAskNow();
  const reveal = useReveal();
  const { mutate, data, error, isPending } = useTell("diagnostics");
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);
  const busy = asking || isPending;
  const save = async () => {
    if (busy) return;
    setAsking(true);
    setRefused(null);
    try {
      const { path } = await ask("window_save_file", { name: "segue-diagnostics.zip", kind: "zip" });
      if (path !== null) mutate({ path });
    } catch (failure) {
      setRefused(failure as Failure);
    }
    setAsking(false);
  };
  const failure = refused ?? error;
  return (
    <Card title={t("diagnostics.title")}>
      <p className={styles.text}>{t("diagnostics.text")}</p>
      <div>
        <h3 className={styles.contents}>{t("diagnostics.contents")}</h3>
        <ul className={styles.parts}>
          {PARTS.map((part) => (
            <li key={part}>{t(`diagnostics.${part}`)}</li>
          ))}
        </ul>
      </div>
      {failure !== null && <ErrorBar failure={failure} />}
      {data !== undefined && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody className={styles.path}>
            {t("diagnostics.saved", { path: data.file, size: format.bytes(data.bytes) })}{" "}
            {t("diagnostics.entries", { count: data.entries.length })}: {format.list(data.entries)}
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => reveal("file", data.file)}>
              {t("reveal")}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      <div className={styles.buttons}>
        <Button
          appearance="primary"
          icon={busy ? <Spinner size="tiny" aria-hidden /> : <DocumentArrowDownRegular />}
          disabledFocusable={busy}
          onClick={() => void save()}
        >
          {t("diagnostics.save")}
        </Button>
        <CopyCommand words={["diagnostics", "segue-diagnostics.zip"]} />
      </div>
    </Card>
  );
}
