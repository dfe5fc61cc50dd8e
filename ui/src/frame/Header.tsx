// The dark header: name, search, settings, help, account.
import { Button, makeStyles, MenuItem, MenuList, tokens } from "@fluentui/react-components";
import { QuestionCircle20Regular, Search16Regular, Settings20Regular } from "@fluentui/react-icons";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useAsk } from "../api";
import { headerColour } from "../parts/brand";
import { ButtonMenu } from "../parts/ButtonMenu";
import { useGuide } from "../parts/guide";
import { Keys } from "../parts/Keys";
import { Mark } from "../parts/Logo";
import { useLook } from "../parts/look";
import { useTip } from "../parts/tip";
import { AccountMenu } from "./AccountMenu";
import { Initials } from "./Initials";

const white = "#ffffff";

const useStyles = makeStyles({
  header: {
    gridArea: "header",
    display: "grid",
    gridTemplateColumns: "minmax(max-content, 1fr) minmax(0, 420px) 1fr",
    alignItems: "center",
    gap: "16px",
    padding: "0 12px 0 20px",
    color: white,
    borderBottom: "1px solid transparent",
    boxSizing: "border-box",
  },
  start: { display: "flex" },
  name: {
    display: "inline-flex",
    alignItems: "center",
    gap: "12px",
    color: white,
    textDecorationLine: "none",
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    ":focus-visible": { outline: `2px solid ${white}`, outlineOffset: "2px" },
  },
  search: {
    display: "flex",
    alignItems: "center",
    gap: "8px",
    width: "100%",
    height: "32px",
    padding: "0 6px 0 12px",
    color: white,
    backgroundColor: "rgba(255, 255, 255, 0.12)",
    border: "1px solid rgba(255, 255, 255, 0.45)",
    borderRadius: tokens.borderRadiusMedium,
    font: "inherit",
    fontSize: tokens.fontSizeBase300,
    textAlign: "start",
    cursor: "pointer",
    ":hover": { backgroundColor: "rgba(255, 255, 255, 0.2)" },
    ":focus-visible": { outline: `2px solid ${white}`, outlineOffset: "2px" },
  },
  words: { flexGrow: 1, overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" },
  keys: { "@media (max-width: 700px)": { display: "none" } },
  end: { display: "flex", justifyContent: "flex-end", alignItems: "center", gap: "4px" },
  button: {
    color: white,
    ":hover": { color: white, backgroundColor: "rgba(255, 255, 255, 0.15)" },
    ":hover:active": { color: white, backgroundColor: "rgba(255, 255, 255, 0.2)" },
    ":hover .fui-Button__icon": { color: white },
    "&[data-fui-focus-visible]": { outlineColor: white },
  },
});

/** What the header can open. */
interface HeaderProps {
  onSearch: () => void;
  onShortcuts: () => void;
}

/** The header. */
export function Header({ onSearch, onShortcuts }: HeaderProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const look = useLook();
  const navigate = useNavigate();
  const guide = useGuide();
  const { data: start } = useAsk("app_start", {});
  const settings = useTip(() => t("header.settings"));
  const line = look === "light" ? undefined : tokens.colorNeutralStroke2;
  return (
    <header className={styles.header} style={{ backgroundColor: headerColour[look], borderBottomColor: line }}>
      <div className={styles.start}>
        <Link to="/home" className={styles.name}>
          <Mark />
          {t("name")}
        </Link>
      </div>
      <button type="button" className={styles.search} aria-haspopup="dialog" onClick={onSearch}>
        <Search16Regular aria-hidden />
        <span className={styles.words}>{t("header.search")}</span>
        <span className={styles.keys} aria-hidden>
          <Keys of="palette" />
        </span>
      </button>
      <div className={styles.end}>
        <Button
          {...settings.on}
          appearance="transparent"
          className={styles.button}
          icon={<Settings20Regular />}
          aria-label={t("header.settings")}
          onClick={() => void navigate({ to: "/admin/system", search: { tab: "settings" } })}
        />
        {settings.tip}
        <ButtonMenu
          appearance="transparent"
          className={styles.button}
          icon={<QuestionCircle20Regular />}
          label={t("header.help")}
        >
          <MenuList>
            <MenuItem onClick={guide} secondaryContent={<Keys of="help" />}>
              {t("help.guide")}
            </MenuItem>
            <MenuItem onClick={onShortcuts} secondaryContent={<Keys of="shortcuts" />}>
              {t("help.shortcuts")}
            </MenuItem>
            <MenuItem onClick={() => void navigate({ to: "/admin/system", search: { tab: "about" } })}>
              {t("help.about")}
            </MenuItem>
          </MenuList>
        </ButtonMenu>
        {start !== undefined && (
          <AccountMenu user={start.user} className={styles.button} avatar={<Initials user={start.user} />} />
        )}
      </div>
    </header>
  );
}
