// The builder: rules one below the other, joined by set words.
import { Button, makeStyles } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { Fragment, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Column } from "../../../api";
import { kindsOf } from "../rule/columns";
import { conditionsOf, type Draft, freshRule } from "../rule/draft";
import { addRule, MOST_RULES } from "../rule/edit";
import { writeRule } from "../rule/write";
import { ADD_RULE, FocusContext, useMakeFocus } from "./focus";
import { GroundContext } from "./ground";
import { RuleCard } from "./RuleCard";
import { SetRow } from "./SetRow";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "12px", minWidth: 0 },
  add: { alignSelf: "flex-start" },
});

/** What the builder shows and tells. */
export interface BuilderProps {
  /** The audience's id. */
  audience: string;
  columns: readonly Column[];
  draft: Draft;
  onEdit: (change: (draft: Draft) => Draft) => void;
  /** What is wrong with a condition, in words. */
  faultOf: (id: string) => string | undefined;
  /** Whether the draft can be counted. */
  sound: boolean;
}

/** The builder of a rule. */
export function Builder({ audience, columns, draft, onEdit, faultOf, sound }: BuilderProps) {
  const { t } = useTranslation("segments");
  const styles = useStyles();
  const focus = useMakeFocus();
  const kindOf = useMemo(() => kindsOf(columns), [columns]);
  const ground = useMemo(
    () => ({ audience, columns, kindOf, faultOf, edit: onEdit }),
    [audience, columns, kindOf, faultOf, onEdit],
  );
  const { rules } = draft;
  return (
    <GroundContext value={ground}>
      <FocusContext value={focus}>
        <div className={styles.all}>
          {rules.map((rule, index) => (
            <Fragment key={rule.id}>
              {index > 0 && (
                <SetRow rule={rule} number={index + 1} before={sound ? writeRule(draft, kindOf, index) : null} />
              )}
              <RuleCard rule={rule} index={index} count={rules.length} />
            </Fragment>
          ))}
          <Button
            id={ADD_RULE}
            className={styles.add}
            appearance="subtle"
            icon={<AddRegular />}
            disabledFocusable={rules.length >= MOST_RULES}
            title={rules.length >= MOST_RULES ? t("rule.most") : undefined}
            onClick={() => {
              const rule = freshRule();
              focus.focusOn(conditionsOf({ rules: [rule] })[0]?.id ?? "");
              onEdit((old) => addRule(old, rule));
            }}
          >
            {t("rule.add")}
          </Button>
        </div>
      </FocusContext>
    </GroundContext>
  );
}
