// One condition: attribute, comparison, value, and what is wrong with it.
import { Button, Checkbox, makeStyles, mergeClasses, tokens, Tooltip, useId } from "@fluentui/react-components";
import { DeleteRegular, ErrorCircle16Filled } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import { withAttribute, withOperator } from "../rule/choose";
import type { Condition } from "../rule/draft";
import { removeCondition, setCondition } from "../rule/edit";
import { kinds, operators } from "../rule/operators";
import { AttributeBox } from "./AttributeBox";
import { useBuilder } from "./ground";
import { OperatorBox } from "./OperatorBox";
import { ValueEditor } from "./ValueEditor";

const useStyles = makeStyles({
  row: { display: "flex", alignItems: "flex-start", gap: "8px", border: "none", margin: 0, padding: 0, minWidth: 0 },
  fields: { display: "flex", flexWrap: "wrap", alignItems: "flex-start", gap: "8px", flexGrow: 1, minWidth: 0 },
  attribute: { flex: "1 1 160px", minWidth: 0 },
  operator: { flex: "1 1 160px" },
  value: { flex: "2 1 220px", minWidth: 0, display: "flex", flexDirection: "column", gap: "2px" },
  unknown: { color: tokens.colorNeutralForeground3, lineHeight: "32px", overflowWrap: "anywhere" },
  hint: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  error: {
    display: "flex",
    gap: "4px",
    alignItems: "center",
    color: tokens.colorPaletteRedForeground1,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    marginTop: "4px",
    overflowWrap: "anywhere",
  },
  icon: { flexShrink: 0 },
});

/** What a row shows. */
export interface ConditionRowProps {
  condition: Condition;
  /** Its name for screen readers, such as `Condition 2 of rule 1`. */
  label: string;
  /** Whether the focus begins here. */
  autoFocus: boolean;
  /** Where the focus goes when the row is removed. */
  onRemoved: () => void;
}

/** One condition. */
export function ConditionRow({ condition, label, autoFocus, onRemoved }: ConditionRowProps) {
  const { t } = useTranslation("segments");
  const { kindOf, faultOf, edit } = useBuilder();
  const styles = useStyles();
  const errorId = useId("condition-error");
  const { id, attribute, operator, values, ignoreCase } = condition;
  const kind = attribute === "" ? undefined : kindOf(attribute);
  const fault = faultOf(id);
  const change = (changed: Condition) => {
    edit((draft) => setCondition(draft, changed));
  };
  const described = { invalid: fault !== undefined, describedBy: fault === undefined ? undefined : errorId };
  const { takes } = operators[operator];
  const remove = attribute === "" ? t("condition.removeBlank") : t("condition.remove", { attribute });
  return (
    <fieldset className={styles.row} aria-label={label} data-condition={id}>
      <div style={{ flexGrow: 1, minWidth: 0 }}>
        <div className={styles.fields}>
          <div className={styles.attribute}>
            <AttributeBox
              value={attribute}
              autoFocus={autoFocus}
              {...described}
              onChoose={({ name, type }) => {
                change(withAttribute(condition, name, kinds[type], kind));
              }}
            />
          </div>
          <OperatorBox
            className={styles.operator}
            value={operator}
            kind={kind}
            {...described}
            onChoose={(chosen) => {
              change(withOperator(condition, chosen));
            }}
          />
          <div className={styles.value}>
            {kind === undefined ? (
              // Nothing can be typed before it is known what; what was there stays in view.
              <span className={styles.unknown}>{values.join(", ")}</span>
            ) : (
              <ValueEditor
                condition={condition}
                kind={kind}
                {...described}
                onChange={(changed) => {
                  change({ ...condition, values: changed });
                }}
              />
            )}
            {kind === "text" && takes !== "nothing" && (
              <Checkbox
                size="medium"
                label={t("condition.ignoreCase")}
                checked={ignoreCase}
                onChange={(_, { checked }) => {
                  change({ ...condition, ignoreCase: checked === true });
                }}
              />
            )}
            {kind === "timestamp" && (takes === "one" || takes === "two" || takes === "clock") && (
              <span className={styles.hint}>{t("condition.utc")}</span>
            )}
          </div>
        </div>
        {fault !== undefined && (
          <div id={errorId} className={styles.error} role="alert">
            <ErrorCircle16Filled aria-hidden className={mergeClasses(styles.icon)} />
            <span>{fault}</span>
          </div>
        )}
      </div>
      <Tooltip content={remove} relationship="label">
        <Button
          appearance="subtle"
          icon={<DeleteRegular />}
          onClick={() => {
            edit((draft) => removeCondition(draft, id));
            onRemoved();
          }}
        />
      </Tooltip>
    </fieldset>
  );
}
