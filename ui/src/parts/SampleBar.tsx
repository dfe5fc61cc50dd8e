// A bar on every page as long as the sample is there: what it is, and one click that takes it away.
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { BeakerRegular, DeleteRegular } from "@fluentui/react-icons";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useAsk, useTell } from "../api";
import { useErrorWords } from "./errors";
import { useSay } from "./say";

const useStyles = makeStyles({
  bar: {
    display: "flex",
    alignItems: "center",
    gap: "8px",
    padding: "4px 24px",
    minHeight: "36px",
    boxSizing: "border-box",
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorBrandBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  icon: { flexShrink: 0, fontSize: "16px", color: tokens.colorBrandForeground1 },
  text: { flexGrow: 1, minWidth: 0 },
  button: { flexShrink: 0 },
});

/** The bar of the sample; nothing where there is none. */
export function SampleBar() {
  const { t } = useTranslation("home");
  const styles = useStyles();
  const { data: start } = useAsk("app_start", {});
  const { mutate, isPending } = useTell("sample_remove");
  const navigate = useNavigate();
  const say = useSay();
  const words = useErrorWords();
  if (start === undefined || start.sample === null) return null;
  const remove = () => {
    if (isPending) return;
    mutate(
      {},
      {
        onSuccess: () => {
          say(t("bar.removed"));
          // The page that is shown may be about something that is gone.
          void navigate({ to: "/home" });
        },
        onError: (failure) => {
          // The engine's sentence names what uses the sample.
          say(failure.code === "in_use" ? t("bar.inUse", { why: failure.message }) : words(failure).title, "error");
        },
      },
    );
  };
  return (
    <section className={styles.bar} aria-label={t("bar.label")}>
      <BeakerRegular className={styles.icon} aria-hidden />
      <span className={styles.text}>{t("bar.text")}</span>
      <Button
        className={styles.button}
        size="small"
        icon={isPending ? <Spinner size="extra-tiny" aria-hidden /> : <DeleteRegular />}
        disabledFocusable={isPending}
        onClick={remove}
      >
        {isPending ? t("bar.removing") : t("bar.remove")}
      </Button>
    </section>
  );
}
