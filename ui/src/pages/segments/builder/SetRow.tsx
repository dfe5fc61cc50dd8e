// How the next rule joins those before it, with how many they hold so far.
import { Dropdown, makeStyles, mergeClasses, Option, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Rule, SetWord } from "../rule/draft";
import { setWord } from "../rule/edit";
import { useBuilder } from "./ground";
import { useCount } from "./useCount";

const useStyles = makeStyles({
  row: { display: "flex", alignItems: "center", gap: "12px", flexWrap: "wrap" },
  says: {
    flexGrow: 1,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    minWidth: 0,
  },
  before: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, fontVariantNumeric: "tabular-nums" },
  old: { color: tokens.colorNeutralForegroundDisabled },
});

const words: SetWord[] = ["union", "intersect", "except"];

/** What the row shows. */
export interface SetRowProps {
  rule: Rule;
  /** The number of the rule that follows. */
  number: number;
  /** The JSON of the rules before it; null while it cannot be counted. */
  before: string | null;
}

/** The row between two rules. */
export function SetRow({ rule, number, before }: SetRowProps) {
  const { t } = useTranslation("segments");
  const { audience, edit } = useBuilder();
  const { figures, old } = useCount(audience, before === null ? null : { kind: "rule", rule: before });
  const styles = useStyles();
  return (
    <div className={styles.row}>
      <Dropdown
        style={{ minWidth: "140px" }}
        aria-label={t("set", { n: number })}
        value={t(`set.${rule.word}`)}
        selectedOptions={[rule.word]}
        onOptionSelect={(_, { optionValue }) => {
          const word = words.find((one) => one === optionValue);
          if (word !== undefined) edit((draft) => setWord(draft, rule.id, word));
        }}
      >
        {words.map((word) => (
          <Option key={word} value={word}>
            {t(`set.${word}`)}
          </Option>
        ))}
      </Dropdown>
      <span className={styles.says}>{t(`set.${rule.word}.says`)}</span>
      {figures !== undefined && (
        <span className={mergeClasses(styles.before, old && styles.old)}>
          {t("set.before", { count: figures.members })}
        </span>
      )}
    </div>
  );
}
