// Settings of the window: they hold at once, and are kept.
import { Dropdown, Field, makeStyles, Option, Radio, RadioGroup, Skeleton, SkeletonItem } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { type Close, type Language, type Theme, useSettings } from "../../api";
import { Card } from "../../parts";
import { BackgroundCard } from "./BackgroundCard";
import { NoticesCard } from "./notices/NoticesCard";

const THEMES: readonly Theme[] = ["system", "light", "dark", "high_contrast"];
const LANGUAGES: readonly ("system" | Language)[] = ["system", "en", "sv"];
const CLOSES: readonly Close[] = ["ask", "tray", "quit"];

const useStyles = makeStyles({
  cards: { display: "flex", flexDirection: "column", gap: "16px", maxWidth: "640px" },
  fields: { display: "flex", flexDirection: "column", gap: "16px" },
});

/** The tab *Settings*. */
export function SettingsTab() {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const [settings, change] = useSettings();
  if (settings === undefined) {
    return (
      <Skeleton className={styles.cards} aria-hidden>
        <SkeletonItem size={96} />
        <SkeletonItem size={96} />
      </Skeleton>
    );
  }
  const language = settings.language ?? "system";
  return (
    <div className={styles.cards}>
      <Card title={t("settings.look")}>
        <div className={styles.fields}>
          <Field label={t("settings.language")}>
            <Dropdown
              value={t(`settings.language.${language}`)}
              selectedOptions={[language]}
              onOptionSelect={(_, { optionValue }) => {
                change({ language: optionValue === "system" ? null : (optionValue as Language) });
              }}
            >
              {LANGUAGES.map((one) => (
                <Option key={one} value={one}>
                  {t(`settings.language.${one}`)}
                </Option>
              ))}
            </Dropdown>
          </Field>
          <Field label={t("settings.theme")}>
            <Dropdown
              value={t(`settings.theme.${settings.theme}`)}
              selectedOptions={[settings.theme]}
              onOptionSelect={(_, { optionValue }) => {
                change({ theme: optionValue as Theme });
              }}
            >
              {THEMES.map((one) => (
                <Option key={one} value={one}>
                  {t(`settings.theme.${one}`)}
                </Option>
              ))}
            </Dropdown>
          </Field>
        </div>
      </Card>
      <BackgroundCard />
      <Card title={t("settings.close")}>
        <Field label={t("settings.close.label")} {...(settings.tray ? { hint: t("settings.close.kept") } : {})}>
          <RadioGroup
            value={settings.tray ? "tray" : settings.close}
            disabled={settings.tray}
            onChange={(_, { value }) => {
              change({ close: value as Close });
            }}
          >
            {CLOSES.map((one) => (
              <Radio key={one} value={one} label={t(`settings.close.${one}`)} />
            ))}
          </RadioGroup>
        </Field>
      </Card>
      <NoticesCard />
    </div>
  );
}
