// Who runs act under, and how the window looks.
import {
  makeStyles,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItemRadio,
  MenuList,
  tokens,
} from "@fluentui/react-components";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

import { type Language, type Theme, useSettings } from "../api";
import { ButtonMenu } from "../parts/ButtonMenu";
import { useWho } from "../parts/who";

const useStyles = makeStyles({
  who: { padding: "8px 12px", color: tokens.colorNeutralForeground2, overflowWrap: "anywhere", maxWidth: "280px" },
});

const languages = ["system", "en", "sv"] as const;
const looks: Theme[] = ["system", "light", "dark", "high_contrast"];

/** The menu behind the initials. */
export function AccountMenu({ user, className, avatar }: { user: string; className: string; avatar: ReactElement }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const who = useWho();
  const [settings, change] = useSettings();
  if (settings === undefined) return null;
  return (
    <ButtonMenu
      appearance="transparent"
      className={className}
      // As wide as the avatar, which would be squeezed into an icon of 20 pixels.
      icon={{ children: avatar, style: { width: "28px", height: "28px" } }}
      label={t("header.account", { user: who(user) })}
      choice={{
        checkedValues: { language: [settings.language ?? "system"], theme: [settings.theme] },
        onCheckedValueChange: (_event, { name, checkedItems: [value] }) => {
          if (name === "language") change({ language: value === "system" ? null : (value as Language) });
          if (name === "theme") change({ theme: value as Theme });
        },
      }}
    >
      <div className={styles.who}>{t("account.runsAs", { user: who(user) })}</div>
      <MenuList>
        <MenuDivider />
        <MenuGroup>
          <MenuGroupHeader>{t("account.language")}</MenuGroupHeader>
          {languages.map((language) => (
            <MenuItemRadio key={language} name="language" value={language}>
              {t(`language.${language}`)}
            </MenuItemRadio>
          ))}
        </MenuGroup>
        <MenuDivider />
        <MenuGroup>
          <MenuGroupHeader>{t("account.theme")}</MenuGroupHeader>
          {looks.map((theme) => (
            <MenuItemRadio key={theme} name="theme" value={theme}>
              {t(`theme.${theme}`)}
            </MenuItemRadio>
          ))}
        </MenuGroup>
      </MenuList>
    </ButtonMenu>
  );
}
