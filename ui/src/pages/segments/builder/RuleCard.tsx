// A rule: its conditions and sub-rules, and how they are joined.
import {
  Button,
  makeStyles,
  MenuItem,
  MenuList,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import {
  AddRegular,
  BranchRegular,
  CopyRegular,
  DeleteRegular,
  MoreVerticalRegular,
} from "@fluentui/react-icons";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ButtonMenu } from "../../../parts";
import { type Condition, freshCondition, freshSubRule, type Logical, type Rule, type SubRule } from "../rule/draft";
import { addCondition, addSubRule, duplicateRule, MOST_RULES, removeRule, setLogical } from "../rule/edit";
import { ConditionRow } from "./ConditionRow";
import { ADD_RULE, useFocus } from "./focus";
import { useBuilder } from "./ground";
import { LogicalBox } from "./LogicalBox";

const useStyles = makeStyles({
  card: {
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderLeft: `3px solid ${tokens.colorBrandStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    padding: "8px 16px",
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    minWidth: 0,
  },
  sub: {
    backgroundColor: tokens.colorNeutralBackground3,
    border: "none",
    borderRadius: tokens.borderRadiusMedium,
    padding: "8px 12px",
  },
  head: { display: "flex", alignItems: "center", gap: "8px", flexWrap: "wrap" },
  name: { margin: 0, fontSize: tokens.fontSizeBase300, fontWeight: tokens.fontWeightSemibold },
  push: { flexGrow: 1 },
  joined: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  add: { display: "flex", gap: "4px", flexWrap: "wrap" },
});

interface GroupProps {
  id: string;
  /** Its number, such as `1` or `1.1`. */
  number: string;
  logical: Logical;
  menu: ReactNode;
  parts: readonly (Condition | SubRule)[];
  /** Whether sub-rules may stand in it. */
  nests: boolean;
}

function Group({ id, number, logical, menu, parts, nests }: GroupProps) {
  const { t } = useTranslation("segments");
  const { edit } = useBuilder();
  const { target, focusOn, backTo } = useFocus();
  const styles = useStyles();
  const add = `add-${id}`;
  const subs = parts.filter((part) => part.part === "group");
  const Heading = nests ? "h3" : "h4";
  return (
    <section
      className={mergeClasses(styles.card, !nests && styles.sub)}
      aria-label={t("rule.n", { n: number })}
    >
      <div className={styles.head}>
        <Heading className={styles.name}>{t("rule.n", { n: number })}</Heading>
        <span>{t("rule.uses")}</span>
        <LogicalBox
          label={t("rule.joined", { n: number })}
          value={logical}
          onChange={(word) => {
            edit((draft) => setLogical(draft, id, word));
          }}
        />
        <span className={styles.push} />
        {menu}
      </div>
      {parts.map((part, index) => (
        <Fragment key={part.id}>
          {index > 0 && <span className={styles.joined}>{t(logical)}</span>}
          {part.part === "condition" ? (
            <ConditionRow
              condition={part}
              label={t("condition.n", { n: index + 1, rule: number })}
              autoFocus={part.id === target}
              onRemoved={() => {
                backTo(add);
              }}
            />
          ) : (
            <Group
              id={part.id}
              number={`${number}.${String(subs.indexOf(part) + 1)}`}
              logical={part.logical}
              parts={part.conditions}
              nests={false}
              menu={<GroupMenu id={part.id} number={`${number}.${String(subs.indexOf(part) + 1)}`} sub back={add} />}
            />
          )}
        </Fragment>
      ))}
      <div className={styles.add}>
        <Button
          id={add}
          size="small"
          appearance="subtle"
          icon={<AddRegular />}
          onClick={() => {
            const condition = freshCondition();
            focusOn(condition.id);
            edit((draft) => addCondition(draft, id, condition));
          }}
        >
          {t("condition.add")}
        </Button>
        {nests && (
          <Button
            size="small"
            appearance="subtle"
            icon={<BranchRegular />}
            onClick={() => {
              const group = freshSubRule();
              focusOn(group.conditions[0]?.id ?? "");
              edit((draft) => addSubRule(draft, id, group));
            }}
          >
            {t("condition.addSub")}
          </Button>
        )}
      </div>
    </section>
  );
}

function GroupMenu({ id, number, sub, back, full = false }: { id: string; number: string; sub: boolean; back: string; full?: boolean }) {
  const { t } = useTranslation("segments");
  const { edit } = useBuilder();
  const { backTo } = useFocus();
  const label = t("rule.menu", { n: number });
  return (
    <ButtonMenu appearance="subtle" icon={<MoreVerticalRegular />} label={label}>
      <MenuList>
        {!sub && (
          <MenuItem
            icon={<CopyRegular />}
            disabled={full}
            onClick={() => {
              edit((draft) => duplicateRule(draft, id));
            }}
          >
            {t("rule.duplicate")}
          </MenuItem>
        )}
        <MenuItem
          icon={<DeleteRegular />}
          onClick={() => {
            edit((draft) => removeRule(draft, id));
            backTo(back);
          }}
        >
          {t(sub ? "rule.removeSub" : "rule.remove")}
        </MenuItem>
      </MenuList>
    </ButtonMenu>
  );
}

/** A rule with everything in it. */
export function RuleCard({ rule, index, count }: { rule: Rule; index: number; count: number }) {
  const number = String(index + 1);
  return (
    <Group
      id={rule.id}
      number={number}
      logical={rule.logical}
      parts={rule.parts}
      nests
      menu={<GroupMenu id={rule.id} number={number} sub={false} back={ADD_RULE} full={count >= MOST_RULES} />}
    />
  );
}
