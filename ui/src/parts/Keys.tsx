// A shortcut as it is drawn: `Ctrl K`.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { type Keys as KeyCombination, mac, shortcuts, type ShortcutId } from "./shortcuts";

const useStyles = makeStyles({
  keys: {
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    padding: "0 6px",
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    whiteSpace: "nowrap",
    color: "inherit",
  },
});

/** The words of a combination, in the language. */
export function useKeyWords(): (keys: KeyCombination) => string {
  const { t } = useTranslation();
  const named: Partial<Record<string, string>> = { enter: t("key.enter"), " ": t("key.space"), escape: t("key.esc") };
  return ({ key, ctrl, shift }) =>
    [ctrl === true && (mac ? "⌘" : t("key.ctrl")), shift === true && t("key.shift"), named[key] ?? key.toUpperCase()]
      .filter((word) => word !== false)
      .join(" ");
}

/** The keys of a shortcut. */
export function Keys({ of }: { of: ShortcutId | KeyCombination }) {
  const styles = useStyles();
  const words = useKeyWords();
  return <kbd className={styles.keys}>{words(typeof of === "string" ? shortcuts[of] : of)}</kbd>;
}
