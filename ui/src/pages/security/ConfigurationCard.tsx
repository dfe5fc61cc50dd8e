// The configuration out to a file and in again.
import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  Spinner,
} from "@fluentui/react-components";
import { ArrowDownloadRegular, ArrowUploadRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Failure, type Imported, useAskNow, useTell } from "../../api";
import { Card, CopyCommand, ErrorBar, PageLink, useFormat, useReveal } from "../../parts";

const useStyles = makeStyles({
  text: { margin: 0 },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
  body: { overflowWrap: "anywhere" },
});

/** The card of the configuration. */
export function ConfigurationCard() {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const ask = useAskNow();
  const reveal = useReveal();
  const out = useTell("config_export");
  const into = useTell("config_import");
  const [asking, setAsking] = useState(false);
  const [refused, setRefused] = useState<Failure | null>(null);
  const busy = asking || out.isPending || into.isPending;
  /** Lets the user choose a file; only one of the two answers is shown at a time. */
  const choose = async (chosen: () => Promise<string | null | undefined>, then: (path: string) => void) => {
    if (busy) return;
    setAsking(true);
    setRefused(null);
    out.reset();
    into.reset();
    try {
      const path = await chosen();
      if (path !== null && path !== undefined) then(path);
    } catch (failure) {
      setRefused(failure as Failure);
    }
    setAsking(false);
  };
  const failure = refused ?? out.error ?? into.error;
  return (
    <Card title={t("config.title")}>
      <p className={styles.text}>{t("config.text")}</p>
      <div className={styles.buttons}>
        <Button
          icon={out.isPending ? <Spinner size="tiny" aria-hidden /> : <ArrowUploadRegular />}
          disabledFocusable={busy}
          onClick={() =>
            void choose(
              async () => (await ask("window_save_file", { name: `${t("config.file")}.json`, kind: "json" })).path,
              (path) => {
                out.mutate({ path });
              },
            )
          }
        >
          {t("config.export")}
        </Button>
        <Button
          icon={into.isPending ? <Spinner size="tiny" aria-hidden /> : <ArrowDownloadRegular />}
          disabledFocusable={busy}
          onClick={() =>
            void choose(
              async () => (await ask("window_open_files", { kind: "config" })).paths[0],
              (path) => {
                into.mutate({ path });
              },
            )
          }
        >
          {t("config.import")}
        </Button>
        <CopyCommand size="small" words={["config", "export", `${t("config.file")}.json`]} />
      </div>
      {failure !== null && <ErrorBar failure={failure} />}
      {out.data !== undefined && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody className={styles.body}>
            {t("config.exported", { count: out.data.rows, path: out.data.path })}
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => reveal("file", out.data?.path)}>
              {t("reveal")}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {into.data !== undefined && <Added imported={into.data} />}
    </Card>
  );
}

/** What an import did. */
function Added({ imported: { added, unchanged, needs_key } }: { imported: Imported }) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const format = useFormat();
  const what = [
    ...(added.audiences > 0 ? [t("config.audiences", { count: added.audiences })] : []),
    ...(added.segments > 0 ? [t("config.segments", { count: added.segments })] : []),
    ...(added.connections > 0 ? [t("config.connectionCount", { count: added.connections })] : []),
    ...(added.exports > 0 ? [t("config.exports", { count: added.exports })] : []),
  ];
  return (
    <>
      <MessageBar intent="success" layout="multiline">
        <MessageBarBody>
          {what.length === 0 ? t("config.nothing") : t("config.imported", { what: format.list(what) })}{" "}
          {unchanged > 0 && t("config.unchanged", { count: unchanged })}
        </MessageBarBody>
      </MessageBar>
      {needs_key.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody className={styles.body}>
            {t("config.needsKey", { names: format.list(needs_key) })}{" "}
            <PageLink to="/admin/connections">{t("config.connections")}</PageLink>
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}
