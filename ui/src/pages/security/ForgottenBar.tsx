// What forgetting did, and what is left for a person to do in the account.
import { makeStyles, MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Forgotten } from "../../api";
import { useFormat } from "../../parts";

const useStyles = makeStyles({ body: { overflowWrap: "anywhere" } });

/** What was done. */
export function ForgottenBar({ forgotten: { lists_left, receipts, lines, accounts } }: { forgotten: Forgotten }) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const format = useFormat();
  return (
    <MessageBar intent="success" layout="multiline">
      <MessageBarBody className={styles.body}>
        <MessageBarTitle>{t("forgotten.title")}</MessageBarTitle>
        {t("forgotten.text", {
          lists: t("forgotten.lists", { count: lists_left }),
          receipts: t("forgotten.receipts", { count: receipts }),
          lines: t("forgotten.lines", { count: lines }),
        })}{" "}
        {accounts.length > 0 && t("forgotten.accounts", { accounts: format.list(accounts) })}
      </MessageBarBody>
    </MessageBar>
  );
}
