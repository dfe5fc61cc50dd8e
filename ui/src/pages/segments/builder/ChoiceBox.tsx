// One of a few fixed values: months, weekdays, units, yes and no.
import { Dropdown, Option } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

/** What the box shows and tells. */
export interface ChoiceBoxProps {
  label: string;
  /** Values as they are written, with their words. */
  choices: readonly (readonly [string, string])[];
  value: string;
  onChange: (value: string) => void;
  invalid?: boolean;
  describedBy?: string;
}

/** A drop-down over fixed values. */
export function ChoiceBox({ label, choices, value, onChange, invalid = false, describedBy }: ChoiceBoxProps) {
  const { t } = useTranslation("segments");
  return (
    <Dropdown
      style={{ minWidth: 0, width: "100%" }}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      placeholder={t("condition.choose")}
      value={choices.find(([one]) => one === value)?.[1] ?? value}
      selectedOptions={[value]}
      onOptionSelect={(_, { optionValue }) => {
        if (optionValue !== undefined) onChange(optionValue);
      }}
    >
      {choices.map(([one, words]) => (
        <Option key={one} value={one}>
          {words}
        </Option>
      ))}
    </Dropdown>
  );
}
