// Who is in a segment, to be read: the rules as sentences, or the text, file or name that says it.
import { makeStyles, tokens } from "@fluentui/react-components";
import { Fragment, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Column, SegmentRule } from "../../../api";
import { useFormat } from "../../../parts/format";
import { useOperatorWords } from "../builder/OperatorBox";
import { kindsOf } from "../rule/columns";
import type { Condition } from "../rule/draft";
import { operators, units } from "../rule/operators";
import { readRule } from "../rule/read";

const useStyles = makeStyles({
  list: { margin: 0, paddingLeft: "20px", display: "flex", flexDirection: "column", gap: "4px", overflowWrap: "anywhere" },
  text: {
    margin: 0,
    padding: "12px",
    maxHeight: "240px",
    overflow: "auto",
    whiteSpace: "pre-wrap",
    overflowWrap: "anywhere",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    backgroundColor: tokens.colorNeutralBackground3,
    borderRadius: tokens.borderRadiusMedium,
  },
  plain: { margin: 0, overflowWrap: "anywhere" },
  word: { color: tokens.colorNeutralForeground2 },
});

/** What is shown. */
export interface RuleWordsProps {
  rule: SegmentRule;
  columns: readonly Column[];
}

/** A condition as a sentence. */
function useSentence(columns: readonly Column[]): (condition: Condition) => string {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const operatorWords = useOperatorWords();
  const kindOf = useMemo(() => kindsOf(columns), [columns]);
  return ({ attribute, operator, values }) => {
    const kind = kindOf(attribute);
    const word = (value: string) =>
      kind === "boolean" ? t(value.toLowerCase() === "true" ? "condition.yes" : "condition.no") : value;
    const [first = "", second = ""] = values;
    const said = () => {
      switch (operators[operator].takes) {
        case "nothing":
          return "";
        case "month":
          return format.month(Number(first));
        case "weekday":
          return format.weekday(Number(first));
        case "length": {
          const unit = units.find((one) => one === second);
          return unit === undefined ? `${first} ${second}` : `${first} ${t(`unit.${unit}`)}`;
        }
        case "two":
          return `${word(first)} ${t("and")} ${word(second)}`;
        default:
          return values.map(word).join(", ");
      }
    };
    return `${attribute} ${operatorWords(operator, kind)} ${said()}`.trim();
  };
}

/** Who is in the segment. */
export function RuleWords({ rule, columns }: RuleWordsProps) {
  const { t } = useTranslation("segments");
  const styles = useStyles();
  const sentence = useSentence(columns);
  const draft = useMemo(() => (rule.kind === "rule" ? readRule(rule.rule) : null), [rule]);
  const text = rule.kind === "where" ? rule.predicate : rule.kind === "rule" && draft === null ? rule.rule : null;
  if (text !== null) {
    return (
      <pre className={styles.text} tabIndex={0} role="region" aria-label={t("detail.rule")}>
        {text}
      </pre>
    );
  }
  if (rule.kind === "members") return <p className={styles.plain}>{rule.path}</p>;
  if (rule.kind === "membership") return <p className={styles.plain}>{t("membership.about", { name: rule.name })}</p>;
  return (
    <ol className={styles.list}>
      {draft?.rules.map(({ id, word, logical, parts }, index) => (
        <li key={id}>
          {index > 0 && <span className={styles.word}>{t(`set.${word}`)}: </span>}
          {parts.map((part, place) => (
            <Fragment key={part.id}>
              {place > 0 && <span className={styles.word}> {t(logical)} </span>}
              {part.part === "condition"
                ? sentence(part)
                : `(${part.conditions.map(sentence).join(` ${t(part.logical)} `)})`}
            </Fragment>
          ))}
        </li>
      ))}
    </ol>
  );
}
