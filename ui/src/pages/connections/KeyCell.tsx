// Whether a key works, as an icon and a word, and when it was last tested.
import { makeStyles, mergeClasses, Spinner, tokens } from "@fluentui/react-components";
import { CheckmarkCircle20Regular, DismissCircle20Regular, QuestionCircle20Regular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { ConnectionRow } from "../../api";
import { Clip, useFormat } from "../../parts";

const icons = { accepted: CheckmarkCircle20Regular, refused: DismissCircle20Regular, missing: QuestionCircle20Regular };

const useStyles = makeStyles({
  line: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
  icon: { flexShrink: 0 },
  accepted: { color: tokens.colorStatusSuccessForeground1 },
  refused: { color: tokens.colorStatusDangerForeground1 },
  missing: { color: tokens.colorNeutralForeground3 },
  words: { minWidth: 0 },
  quiet: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** The state of a key. */
export function KeyCell({ row: { key, tested_at }, testing }: { row: ConnectionRow; testing: boolean }) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const format = useFormat();
  const Icon = icons[key];
  if (testing) {
    return (
      <div className={styles.line}>
        <Spinner size="tiny" aria-hidden />
        <Clip text={t("key.testing")} />
      </div>
    );
  }
  const tested = tested_at === null ? t("key.untested") : t("key.tested", { moment: format.moment(tested_at) });
  return (
    <div className={styles.line}>
      <Icon className={mergeClasses(styles.icon, styles[key])} aria-hidden />
      <div className={styles.words}>
        <Clip text={t(`key.${key}`)} />
        {key !== "missing" && <Clip className={styles.quiet} text={tested} />}
      </div>
    </div>
  );
}
