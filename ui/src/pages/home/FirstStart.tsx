// The first start: two ways in, and how Segue works in four steps.
import { Button, makeStyles, Spinner, tokens } from "@fluentui/react-components";
import { BeakerRegular, PlugDisconnectedRegular } from "@fluentui/react-icons";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useTell } from "../../api";
import { ErrorBar, Logo, useArrival } from "../../parts";
import { HowItWorks } from "./HowItWorks";

const useStyles = makeStyles({
  page: {
    maxWidth: "760px",
    marginInline: "auto",
    padding: "clamp(20px, 9vh, 76px) 24px 24px",
    display: "flex",
    flexDirection: "column",
    gap: "32px",
  },
  welcome: { display: "flex", alignItems: "center", gap: "20px", flexWrap: "wrap" },
  words: { flex: "1 1 300px", minWidth: 0 },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeHero700,
    lineHeight: tokens.lineHeightHero700,
    fontWeight: tokens.fontWeightSemibold,
    overflowWrap: "anywhere",
    ":focus": { outlineStyle: "none" },
  },
  text: { margin: 0, color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  ways: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 320px), 1fr))", gap: "16px" },
  way: {
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    padding: "24px",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  icon: {
    display: "grid",
    placeItems: "center",
    width: "40px",
    height: "40px",
    fontSize: "24px",
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorBrandForeground1,
    backgroundColor: tokens.colorBrandBackground2,
  },
  name: { margin: "4px 0 0", fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  about: { margin: 0, flexGrow: 1, lineHeight: tokens.lineHeightBase300 },
  hint: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
});

/** The first start. */
export function FirstStart() {
  const { t } = useTranslation("home");
  const styles = useStyles();
  const heading = useArrival(t("first.title"));
  const navigate = useNavigate();
  const { mutate, isPending, error } = useTell("sample_add");
  return (
    <div className={styles.page}>
      <div className={styles.welcome}>
        <Logo size={64} />
        <div className={styles.words}>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            {t("first.title")}
          </h1>
          <p className={styles.text}>{t("first.text")}</p>
        </div>
      </div>
      {error !== null && <ErrorBar failure={error} />}
      <div className={styles.ways}>
        <Way icon={<BeakerRegular />} name={t("sample.title")} about={t("sample.text")} hint={t("sample.hint")}>
          <Button
            appearance="primary"
            disabledFocusable={isPending}
            icon={isPending ? <Spinner size="tiny" aria-hidden /> : undefined}
            onClick={() => {
              if (!isPending) mutate({});
            }}
          >
            {isPending ? t("sample.making") : t("sample.try")}
          </Button>
        </Way>
        <Way icon={<PlugDisconnectedRegular />} name={t("own.title")} about={t("own.text")} hint={t("own.hint")}>
          <Button onClick={() => void navigate({ to: "/data", search: { add: true } })}>{t("own.connect")}</Button>
        </Way>
      </div>
      <HowItWorks />
    </div>
  );
}

interface WayProps {
  icon: ReactNode;
  name: string;
  about: string;
  hint: string;
  children: ReactNode;
}

/** One of the two ways. */
function Way({ icon, name, about, hint, children }: WayProps) {
  const styles = useStyles();
  return (
    <section className={styles.way} aria-label={name}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <h2 className={styles.name}>{name}</h2>
      <p className={styles.about}>{about}</p>
      <div>{children}</div>
      <span className={styles.hint}>{hint}</span>
    </section>
  );
}
