// What Segue is, where it keeps things, and what whoever helps needs.
import {
  Badge,
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Skeleton,
  SkeletonItem,
  tokens,
} from "@fluentui/react-components";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useAsk } from "../../api";
import { Card, CopyButton, ErrorCard, useGuide, useReveal, useWho } from "../../parts";
import { DiagnosticsCard } from "./DiagnosticsCard";

const useStyles = makeStyles({
  cards: { display: "flex", flexDirection: "column", gap: "16px", maxWidth: "840px" },
  facts: { display: "grid", gridTemplateColumns: "minmax(90px, 160px) minmax(0, 1fr)", gap: "12px 16px", margin: 0 },
  fact: { display: "contents" },
  name: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, display: "flex", alignItems: "center", flexWrap: "wrap", gap: "4px 12px", minWidth: 0 },
  path: { overflowWrap: "anywhere", minWidth: 0 },
  quiet: { color: tokens.colorNeutralForeground2 },
});

/** The tab *About*. */
export function AboutTab() {
  const { t } = useTranslation("admin");
  const who = useWho();
  const styles = useStyles();
  const reveal = useReveal();
  const guide = useGuide();
  const { data: start, error, refetch } = useAsk("app_start", {});
  useEffect(() => {
    // Whether the key store opens is found out after the start.
    void refetch();
  }, [refetch]);
  if (error !== null) return <ErrorCard failure={error} onRetry={() => void refetch()} />;
  if (start === undefined) {
    return (
      <Skeleton className={styles.cards} aria-hidden>
        <SkeletonItem size={128} />
      </Skeleton>
    );
  }
  const { kind, trouble } = start.key_store;
  return (
    <div className={styles.cards}>
      <Card title={t("about.title")}>
        <dl className={styles.facts}>
          <Fact name={t("about.version")}>Segue {start.version}</Fact>
          <Fact name={t("about.user")}>
            <span className={styles.path}>{who(start.user)}</span>
          </Fact>
          <Fact name={t("about.folder")}>
            <span className={styles.path}>{start.data_dir}</span>
            <Button size="small" onClick={() => reveal("data_folder")}>
              {t("about.folder.open")}
            </Button>
            <CopyButton text={start.data_dir} label={t("about.folder.copy")} />
          </Fact>
          <Fact name={t("about.logs")}>
            <span className={styles.quiet}>{t("about.logs.text")}</span>
            <Button size="small" onClick={() => reveal("logs")}>
              {t("about.logs.open")}
            </Button>
          </Fact>
          <Fact name={t("about.keys")}>
            {t(`about.keys.${kind}`)}
            {trouble === "" && kind !== "missing" && (
              <Badge appearance="tint" color="success">
                {t("about.keys.works")}
              </Badge>
            )}
          </Fact>
          <Fact name={t("about.help")}>
            <Button size="small" onClick={guide}>
              {t("about.help.open")}
            </Button>
            <Button size="small" onClick={() => reveal("privacy")}>
              {t("about.privacy.open")}
            </Button>
          </Fact>
          <Fact name={t("about.licences")}>
            <span className={styles.quiet}>{t("about.licences.text")}</span>
          </Fact>
        </dl>
        {trouble !== "" && (
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{t("about.keys.missing")}</MessageBarTitle>
              {trouble} {t("about.keys.trouble")}
            </MessageBarBody>
          </MessageBar>
        )}
      </Card>
      <DiagnosticsCard />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  const styles = useStyles();
  return (
    <div className={styles.fact}>
      <dt className={styles.name}>{name}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}
