// Segue in four steps.
import { makeStyles, tokens } from "@fluentui/react-components";
import {
  ArrowExportLtrRegular,
  CheckmarkCircleRegular,
  DatabaseRegular,
  EyeRegular,
} from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

const STEPS = [
  { icon: DatabaseRegular, name: "how.data", text: "how.data.text" },
  { icon: ArrowExportLtrRegular, name: "how.setUp", text: "how.setUp.text" },
  { icon: EyeRegular, name: "how.preview", text: "how.preview.text" },
  { icon: CheckmarkCircleRegular, name: "how.export", text: "how.export.text" },
] as const;

const useStyles = makeStyles({
  title: { margin: "0 0 8px", fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  strip: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(min(100%, 160px), 1fr))",
    gap: "1px",
    margin: 0,
    padding: 0,
    listStyleType: "none",
    overflow: "hidden",
    backgroundColor: tokens.colorNeutralStroke2,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  step: { padding: "16px", minWidth: 0, backgroundColor: tokens.colorNeutralBackground1 },
  name: { display: "flex", alignItems: "center", gap: "8px", fontWeight: tokens.fontWeightSemibold },
  icon: { flexShrink: 0, fontSize: "20px", color: tokens.colorBrandForeground1 },
  text: {
    marginTop: "4px",
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** How it works. */
export function HowItWorks() {
  const { t } = useTranslation("home");
  const styles = useStyles();
  return (
    <section aria-labelledby="how-it-works">
      <h2 id="how-it-works" className={styles.title}>
        {t("how.title")}
      </h2>
      <ol className={styles.strip}>
        {STEPS.map(({ icon: Icon, name, text }, index) => (
          <li key={name} className={styles.step}>
            <div className={styles.name}>
              <Icon className={styles.icon} aria-hidden />
              {t("how.step", { number: index + 1, name: t(name) })}
            </div>
            <div className={styles.text}>{t(text)}</div>
          </li>
        ))}
      </ol>
    </section>
  );
}
