// What keeps schedules going while nobody looks: Segue starts at sign-in, and closing its window does not end it.
import { Field, makeStyles, Skeleton, SkeletonItem, Switch, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { useAsk, useKeep, useSettings, useTell } from "../../api";
import { Card, CopyCommand, ErrorBar, fieldError } from "../../parts";

const useStyles = makeStyles({
  fields: { display: "flex", flexDirection: "column", gap: "16px" },
  text: { margin: 0, color: tokens.colorNeutralForeground2 },
  line: { display: "flex", flexDirection: "column", alignItems: "flex-start", gap: "4px" },
});

/** The card *Running in the background*. */
export function BackgroundCard() {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  return (
    <Card title={t("background.title")} about={t("background.about")}>
      <div className={styles.fields}>
        <SignIn />
        <Tray />
        <div className={styles.line}>
          <p className={styles.text}>{t("background.os")}</p>
          <CopyCommand words={["schedule", "install", "--os"]} size="small" />
        </div>
      </div>
    </Card>
  );
}

/** *Start Segue when I sign in*: kept by the operating system, so it is asked and not remembered. */
function SignIn() {
  const { t } = useTranslation("admin");
  const keep = useKeep();
  const { data: now, error, refetch } = useAsk("window_sign_in", { on: null });
  const change = useTell("window_sign_in");
  if (error !== null) return <ErrorBar failure={error} onRetry={() => void refetch()} />;
  if (now === undefined) {
    return (
      <Skeleton aria-hidden>
        <SkeletonItem size={32} />
      </Skeleton>
    );
  }
  const trouble = now.trouble === "" ? null : t("background.signIn.trouble", { trouble: now.trouble });
  const impossible = !now.possible && trouble === null;
  const hint = impossible ? t("background.signIn.impossible") : t("background.signIn.hint");
  return (
    <>
      {change.error !== null && <ErrorBar failure={change.error} />}
      <Field hint={hint} {...fieldError(trouble)}>
        <Switch
          label={t("background.signIn")}
          // As it was asked for, until the answer says what came of it.
          checked={change.isPending ? change.variables.on === true : now.on}
          disabled={!now.possible}
          onChange={(_, { checked }) => {
            if (change.isPending) return;
            change.mutate(
              { on: checked },
              {
                onSuccess: (answer) => {
                  keep("window_sign_in", { on: null }, answer);
                },
              },
            );
          }}
        />
      </Field>
    </>
  );
}

/** *Keep running in the tray*: the frame of the page tells the window, and keeps what it answered. */
function Tray() {
  const { t } = useTranslation("admin");
  const [settings, change] = useSettings();
  const on = settings?.tray ?? false;
  const { data: kept } = useAsk("window_keep", { keep: on }, { enabled: false });
  const hidden = kept?.tray !== false;
  return (
    <Field hint={hidden ? t("background.tray.hint") : t("background.tray.none")}>
      <Switch
        label={t("background.tray")}
        checked={on}
        onChange={(_, { checked }) => {
          change({ tray: checked });
        }}
      />
    </Field>
  );
}
