// *Send a test*, by what is saved, and how the last try went.
import { Button, makeStyles, MessageBar, MessageBarBody, MessageBarTitle, Spinner, tokens, Tooltip } from "@fluentui/react-components";
import { SendRegular } from "@fluentui/react-icons";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { type NoticeTry, type NoticeWay, useTell } from "../../../api";
import { useFormat, useSay } from "../../../parts";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "8px" },
  line: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 12px" },
  quiet: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, overflowWrap: "anywhere" },
});

/** What the test needs. */
export interface TrialProps {
  way: NoticeWay;
  /** Why it cannot be sent now; empty where it can. */
  why: string;
  last: NoticeTry | null;
}

/** The button with the last try beside it. */
export function Trial({ way, why, last }: TrialProps) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const format = useFormat();
  const say = useSay();
  const { mutate, isPending, error } = useTell("notices_test");
  // Two clicks that come before the first was answered are one.
  const busy = useRef(false);
  const send = () => {
    if (busy.current || why !== "") return;
    busy.current = true;
    mutate(
      { way },
      {
        onSuccess: () => {
          say(t(`notices.test.sent.${way}`));
        },
        onSettled: () => {
          busy.current = false;
        },
      },
    );
  };
  const button = (
    <Button
      icon={isPending ? <Spinner size="tiny" aria-hidden /> : <SendRegular />}
      aria-label={t(`notices.test.${way}`)}
      disabledFocusable={why !== "" || isPending}
      onClick={send}
    >
      {t("notices.test")}
    </Button>
  );
  return (
    <div className={styles.all}>
      <div className={styles.line}>
        {why === "" ? (
          button
        ) : (
          <Tooltip content={why} relationship="description">
            {button}
          </Tooltip>
        )}
        {last !== null && (
          <span className={styles.quiet}>
            {last.trouble === "" ? (
              t("notices.last.good", { moment: format.moment(last.at) })
            ) : (
              <>
                {t("notices.last.bad", { moment: format.moment(last.at) })} <span lang="en">{last.trouble}</span>
              </>
            )}
          </span>
        )}
      </div>
      {error !== null && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>
            <MessageBarTitle>{t("notices.test.failed")}</MessageBarTitle>{" "}
            <span lang="en">
              {error.message} {error.help}
            </span>
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
