// The audience that a segment is of. It is chosen once; a stored segment keeps it.
import { Dropdown, Field, Option } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { AudienceRow } from "../../../api";

/** What the box shows and tells. */
export interface AudienceBoxProps {
  audiences: readonly AudienceRow[];
  value: string;
  onChange: (id: string) => void;
  error: string | undefined;
}

/** The box. */
export function AudienceBox({ audiences, value, onChange, error }: AudienceBoxProps) {
  const { t } = useTranslation("segments");
  return (
    <Field label={t("pane.audience")} required validationMessage={error}>
      <Dropdown
        style={{ minWidth: 0 }}
        placeholder={t("pane.audience.choose")}
        value={audiences.find(({ id }) => id === value)?.name ?? ""}
        selectedOptions={value === "" ? [] : [value]}
        onOptionSelect={(_, { optionValue }) => {
          if (optionValue !== undefined) onChange(optionValue);
        }}
      >
        {audiences.map(({ id, name }) => (
          <Option key={id} value={id}>
            {name}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}
