// An error in one form: what happened, what was sent, what to do, and details to copy for support.
import { Button, makeStyles, tokens, Tooltip } from "@fluentui/react-components";
import { Dismiss20Regular, ErrorCircle24Regular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Failure } from "../api";
import { Card } from "./Card";
import { ErrorDetails } from "./ErrorDetails";
import { useErrorWords } from "./errors";

const useStyles = makeStyles({
  card: { maxWidth: "760px" },
  head: { display: "flex", alignItems: "center", gap: "8px" },
  icon: { color: tokens.colorStatusDangerForeground1, fontSize: "24px", flexShrink: 0 },
  about: { margin: 0 },
  title: { margin: 0, flexGrow: 1, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
  facts: { margin: 0, display: "grid", gridTemplateColumns: "minmax(96px, max-content) 1fr", gap: "8px 16px" },
  term: { color: tokens.colorNeutralForeground2 },
  fact: { margin: 0, overflowWrap: "anywhere" },
  details: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: "12px" },
  actions: { display: "flex", gap: "8px", flexWrap: "wrap" },
});

/** What a failure needs. */
export interface ErrorProps {
  failure: Failure;
  /** What it was about, before the words for every failure of its kind. */
  about?: string | undefined;
  /** The button that cures it. */
  cure?: ReactNode;
  /** Tries again. */
  onRetry?: (() => void) | undefined;
  /** Puts it away. */
  onClose?: (() => void) | undefined;
}

/** A failure that takes the place of what was asked for. */
export function ErrorCard({ failure, about, cure, onRetry, onClose }: ErrorProps) {
  const styles = useStyles();
  const { t } = useTranslation("frame");
  const words = useErrorWords()(failure);
  return (
    <div role="alert"><Card className={styles.card}>
      <div className={styles.head}>
        <ErrorCircle24Regular className={styles.icon} aria-hidden />
        <h2 className={styles.title}>{words.title}</h2>
{onClose !== undefined && (<Tooltip content={t("close")} relationship="label"><Button appearance="subtle" icon={<Dismiss20Regular />} onClick={onClose} /></Tooltip>)}
      </div>
{about !== undefined && <p className={styles.about}>{about}</p>}
      <dl className={styles.facts}>
        <dt className={styles.term}>{t("error.happened")}</dt>
        <dd className={styles.fact}>{words.happened}</dd>
        <dt className={styles.term}>{t("error.sent")}</dt>
        <dd className={styles.fact}>{words.sent}</dd>
        <dt className={styles.term}>{t("error.todo")}</dt>
        <dd className={styles.fact}>{words.todo}</dd>
      </dl>
      {(cure !== undefined || onRetry !== undefined) && (
        <div className={styles.actions}>
          {cure}
          {onRetry !== undefined && <Button onClick={onRetry}>{t("retry")}</Button>}
        </div>
      )}
      <ErrorDetails failure={failure} />
    </Card></div>
  );
}
