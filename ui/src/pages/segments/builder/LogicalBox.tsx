// Whether all conditions must be met, or one of them is enough.
import { Dropdown, Option } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Logical } from "../rule/draft";

/** What the box shows and tells. */
export interface LogicalBoxProps {
  label: string;
  value: Logical;
  onChange: (value: Logical) => void;
}

/** The box with *and* and *or*. */
export function LogicalBox({ label, value, onChange }: LogicalBoxProps) {
  const { t } = useTranslation("segments");
  return (
    <Dropdown
      size="small"
      style={{ minWidth: "88px" }}
      aria-label={label}
      value={t(value)}
      selectedOptions={[value]}
      onOptionSelect={(_, { optionValue }) => {
        onChange(optionValue === "or" ? "or" : "and");
      }}
    >
      <Option value="and">{t("and")}</Option>
      <Option value="or">{t("or")}</Option>
    </Dropdown>
  );
}
