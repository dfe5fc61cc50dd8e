// Who agreed to send data to which account, and the way to take it back.
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { type ConnectionRow, useAsk } from "../../api";
import { Card, Clip, type Column, DataTable, ErrorBar, useAccountWords, useFormat, useWho } from "../../parts";
import { ConnectionQuestion } from "../../parts/connection";

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  button: { minWidth: 0 },
});

/** The card of the consent records. */
export function ConsentCard() {
  const { t } = useTranslation("admin");
  const { data: rows, error, refetch } = useAsk("connection_list", {});
  const [asked, setAsked] = useState<ConnectionRow | null>(null);
  const columns = useColumns(setAsked);
  return (
    <Card title={t("consents.title")}>
      {error === null ? (
        <DataTable
          plain
          label={t("consents.title")}
          columns={columns}
          rows={rows?.filter(({ connection }) => connection.consent !== null)}
          id={({ connection }) => connection.id}
          name={({ connection }) => connection.name}
          none={t("consents.none")}
        />
      ) : (
        <ErrorBar failure={error} onRetry={() => void refetch()} />
      )}
      {asked !== null && (
        <ConnectionQuestion
          row={asked}
          about="withdrawDialog"
          yes={t("consents.withdraw")}
          onClose={() => {
            setAsked(null);
          }}
        />
      )}
    </Card>
  );
}

function useColumns(onWithdraw: (row: ConnectionRow) => void): readonly Column<ConnectionRow>[] {
  const { t } = useTranslation("admin");
  const words = useAccountWords();
  const styles = useStyles();
  const format = useFormat();
  const who = useWho();
  return useMemo(
    () => [
      {
        id: "connection",
        title: t("consents.connection"),
        cell: ({ connection }) => <Clip className={styles.name} text={connection.name} />,
      },
      {
        id: "to",
        title: t("consents.to"),
        cell: ({ connection: { type, origin, consent } }) => (
          <>
            {/* Where it was agreed to send, which need not be where the connection leads now. */}
            <Clip text={words.full({ type, origin: consent?.origin ?? origin })} />
            <Clip className={styles.quiet} text={consent?.origin ?? ""} />
          </>
        ),
      },
      {
        id: "by",
        title: t("consents.by"),
        cell: ({ connection: { consent } }) => <Clip text={who(consent?.given_by ?? "")} />,
      },
      {
        id: "when",
        title: t("consents.when"),
        width: "120px",
        cell: ({ connection: { consent } }) =>
          consent === null ? null : (
            <Clip text={format.date(consent.given_at)} full={format.dateTime(consent.given_at)} />
          ),
      },
      {
        id: "withdraw",
        title: t("consents.change"),
        width: "132px",
        cell: (row) => (
          <Button
            size="small"
            className={styles.button}
            aria-label={t("consents.withdrawOf", { name: row.connection.name })}
            onClick={() => {
              onWithdraw(row);
            }}
          >
            {t("consents.withdraw")}
          </Button>
        ),
      },
    ],
    [t, words, styles, format, who, onWithdraw],
  );
}
