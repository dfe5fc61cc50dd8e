// How an attribute is compared: only what makes sense for its type.
import { Dropdown, Option } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { type Kind, type Operator, operatorsFor } from "../rule/operators";

/** Words that a date has in place of those for numbers. */
const dated = new Set<Operator>(["greaterThan", "greaterThanOrEqualTo", "lessThan", "lessThanOrEqualTo"]);

type Dated = "greaterThan" | "greaterThanOrEqualTo" | "lessThan" | "lessThanOrEqualTo";

/** The words of a comparison for a type. */
export function useOperatorWords(): (operator: Operator, kind: Kind | undefined) => string {
  const { t } = useTranslation("segments");
  return (operator, kind) =>
    dated.has(operator) && (kind === "date" || kind === "timestamp")
      ? t(`op.${operator as Dated}.date`)
      : t(`op.${operator}`);
}

/** What the box shows and tells. */
export interface OperatorBoxProps {
  value: Operator;
  /** What the attribute holds; undefined where it is not known. */
  kind: Kind | undefined;
  onChoose: (operator: Operator) => void;
  invalid: boolean;
  describedBy?: string;
  className?: string;
}

/** The box with the comparisons. */
export function OperatorBox({ value, kind, onChoose, invalid, describedBy, className }: OperatorBoxProps) {
  const { t } = useTranslation("segments");
  const words = useOperatorWords();
  const fitting = kind === undefined ? [] : operatorsFor(kind);
  // One that does not fit stays visible until another is chosen.
  const offered = fitting.includes(value) ? fitting : [value, ...fitting];
  return (
    <Dropdown
      className={className}
      style={{ minWidth: 0 }}
      aria-label={t("condition.operator")}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      disabled={kind === undefined}
      value={words(value, kind)}
      selectedOptions={[value]}
      onOptionSelect={(_, { optionValue }) => {
        const chosen = offered.find((operator) => operator === optionValue);
        if (chosen !== undefined) onChoose(chosen);
      }}
    >
      {offered.map((operator) => (
        <Option key={operator} value={operator}>
          {words(operator, kind)}
        </Option>
      ))}
    </Dropdown>
  );
}
