// The way on from the sample: what its export would send.
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { BeakerRegular, EyeRegular } from "@fluentui/react-icons";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Named } from "../../api";

const useStyles = makeStyles({
  card: {
    display: "flex",
    alignItems: "center",
    flexWrap: "wrap",
    gap: "16px",
    padding: "16px 20px",
    backgroundColor: tokens.colorBrandBackground2,
    border: `1px solid ${tokens.colorBrandStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  icon: { flexShrink: 0, fontSize: "24px", color: tokens.colorBrandForeground1 },
  words: { flex: "1 1 260px", minWidth: 0, overflowWrap: "anywhere" },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  text: { margin: 0, lineHeight: tokens.lineHeightBase300 },
  buttons: { display: "flex", flexWrap: "wrap", gap: "8px" },
});

/** Leads on to the preview of the sample's export. */
export function SampleReady({ sample }: { sample: Named }) {
  const { t } = useTranslation("home");
  const styles = useStyles();
  const navigate = useNavigate();
  const preview = useRef<HTMLButtonElement>(null);
  // The button that made the sample is gone; the keyboard goes on with the next step.
  useEffect(() => {
    if (document.activeElement === document.body) preview.current?.focus();
  }, []);
  return (
    <section className={styles.card} aria-labelledby="sample-ready">
      <BeakerRegular className={styles.icon} aria-hidden />
      <div className={styles.words}>
        <h2 id="sample-ready" className={styles.title}>
          {t("ready.title")}
        </h2>
        <p className={styles.text}>{t("ready.text", { name: sample.name })}</p>
      </div>
      <div className={styles.buttons}>
        <Button
          ref={preview}
          appearance="primary"
          icon={<EyeRegular />}
          onClick={() => void navigate({ to: "/exports/$id/preview", params: { id: sample.id } })}
        >
          {t("ready.preview")}
        </Button>
        <Button onClick={() => void navigate({ to: "/exports", search: { tab: "mine" } })}>{t("ready.exports")}</Button>
      </div>
    </section>
  );
}
