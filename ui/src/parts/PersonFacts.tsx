// All that is known of a person: what accounts accepted last, and their lines in runs.
import {
  makeStyles,
  mergeClasses,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Skeleton,
  SkeletonItem,
  tokens,
} from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { type PersonReceipt, type PersonRecord, type PersonRun, useAsk } from "../api";
import { Clip } from "./Clip";
import { ErrorBar } from "./ErrorBar";
import { useFormat } from "./format";
import { PageLink } from "./PageLink";
import { useReasonWords } from "./reason";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  hint: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  list: { margin: 0, padding: 0, listStyleType: "none", display: "flex", flexDirection: "column" },
  item: {
    padding: "12px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    display: "flex",
    flexDirection: "column",
    gap: "6px",
    minWidth: 0,
  },
  head: { display: "flex", gap: "12px", alignItems: "baseline", justifyContent: "space-between", flexWrap: "wrap" },
  name: { fontWeight: tokens.fontWeightSemibold, minWidth: 0 },
  when: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  facts: { margin: 0, display: "grid", gridTemplateColumns: "minmax(96px, auto) minmax(0, 1fr)", columnGap: "16px", rowGap: "4px" },
  term: { color: tokens.colorNeutralForeground2 },
  value: { margin: 0, minWidth: 0, overflowWrap: "anywhere" },
  quiet: { color: tokens.colorNeutralForeground2 },
  answer: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
});

/** Everything about an address. */
export function PersonFacts({ email }: { email: string }) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const { data, error } = useAsk("person_find", { email });
  if (error !== null) return <ErrorBar failure={error} />;
  if (data === undefined) {
    return (
      <Skeleton className={styles.all} aria-label={t("person.known", { email })}>
        {[0, 1, 2].map((line) => (
          <SkeletonItem key={line} style={{ height: "72px" }} />
        ))}
      </Skeleton>
    );
  }
  return <Known record={data} />;
}

function Known({ record }: { record: PersonRecord }) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  if (record.forgotten || record.receipts.length + record.runs.length === 0) {
    const state = record.forgotten ? "forgotten" : "nothing";
    return (
      <MessageBar intent="info" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t(`person.${state}.title`)}</MessageBarTitle>
          {t(`person.${state}.text`)}
        </MessageBarBody>
      </MessageBar>
    );
  }
  return (
    <div className={styles.all}>
      <section aria-label={t("person.receipts")}>
        <h3 className={styles.title}>{t("person.receipts")}</h3>
        {record.receipts.length === 0 ? (
          <p className={styles.hint}>{t("person.receipts.none")}</p>
        ) : (
          <ul className={styles.list}>
            {record.receipts.map((receipt) => (
              <Receipt key={`${receipt.run} ${receipt.export ?? ""} ${receipt.accepted_at}`} receipt={receipt} />
            ))}
          </ul>
        )}
      </section>
      <section aria-label={t("person.runs")}>
        <h3 className={styles.title}>{t("person.runs")}</h3>
        <p className={styles.hint}>{record.runs.length === 0 ? t("person.runs.none") : t("person.runs.hint")}</p>
        <ul className={styles.list}>
          {record.runs.map((line) => (
            <Line key={`${line.run} ${line.customer_id} ${line.outcome}`} line={line} />
          ))}
        </ul>
      </section>
    </div>
  );
}

function Receipt({ receipt }: { receipt: PersonReceipt }) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const format = useFormat();
  const fields = Object.entries(receipt.fields);
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <span className={styles.name}>
          <Clip text={receipt.export ?? t("person.removedExport")} />
        </span>
        <PageLink to="/runs/$id" params={{ id: receipt.run }} search={{ search: receipt.email }}>
          {t("person.run")}
        </PageLink>
      </div>
      <dl className={styles.facts}>
        <dt className={styles.term}>{t("person.accepted")}</dt>
        <dd className={styles.value}>{format.dateTime(receipt.accepted_at)}</dd>
        <dt className={styles.term}>{t("person.sentAs")}</dt>
        <dd className={styles.value}>{receipt.email}</dd>
        <dt className={styles.term}>{t("person.customerId")}</dt>
        <dd className={styles.value}>{receipt.customer_id}</dd>
        {receipt.vendor_id !== "" && (
          <>
            <dt className={styles.term}>{t("person.vendorId")}</dt>
            <dd className={styles.value}>{receipt.vendor_id}</dd>
          </>
        )}
        <dt className={styles.term}>{t("person.lists")}</dt>
        <dd className={styles.value}>
          {receipt.lists.length === 0 ? t("person.lists.none") : format.list(receipt.lists)}
        </dd>
        {fields.map(([field, value]) => (
          <Value key={field} field={field} value={value} />
        ))}
      </dl>
    </li>
  );
}

/** Text, yes or no as they are; a cleared field is blank. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "boolean" ? String(value) : "";
}

/** A value that was accepted; past the retention time only its fingerprint is kept. */
function Value({ field, value }: { field: string; value: unknown }) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const format = useFormat();
  const dropped = typeof value === "object" && value !== null;
  return (
    <>
      <dt className={styles.term}>{field.replace(/^custom:/u, "")}</dt>
      <dd className={styles.value}>
        {dropped ? (
          <span className={styles.quiet}>{t("person.dropped")}</span>
        ) : typeof value === "number" ? (
          format.number(value)
        ) : (
          textOf(value)
        )}
      </dd>
    </>
  );
}

function Line({ line }: { line: PersonRun }) {
  const { t } = useTranslation(["runs", "words"]);
  const styles = useStyles();
  const format = useFormat();
  const words = useReasonWords();
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <span className={styles.name}>
          <PageLink to="/runs/$id" params={{ id: line.run }} search={{ tab: line.outcome }}>
            <Clip text={line.export} />
          </PageLink>
        </span>
        <span className={styles.when}>{format.dateTime(line.started_at)}</span>
      </div>
      <dl className={styles.facts}>
        <dt className={styles.term}>{t("person.class")}</dt>
        <dd className={styles.value}>{t(`words:one.${line.outcome}`)}</dd>
        {line.reason !== "" && (
          <>
            <dt className={styles.term}>{t("person.reason")}</dt>
            <dd className={styles.value}>{words.why(line.reason)}</dd>
          </>
        )}
        {line.answer !== "" && (
          <>
            <dt className={styles.term}>{t("person.answer")}</dt>
            <dd className={mergeClasses(styles.value, styles.answer)}>{words.answer(line.answer)}</dd>
          </>
        )}
        <dt className={styles.term}>{t("person.customerId")}</dt>
        <dd className={styles.value}>{line.customer_id}</dd>
      </dl>
    </li>
  );
}
