// Where an account of Ortto is.
import { Dropdown, Field, Option } from "@fluentui/react-components";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { REGIONS } from "../../parts";
import type { AccountForm } from "./account";

/** What the field needs. */
export interface RegionFieldProps {
  form: UseFormReturn<AccountForm>;
  busy: boolean;
  /** Whether an address stands in place of the regions. */
  replaced: boolean;
}

/** The choice of a region. */
export function RegionField({ form, busy, replaced }: RegionFieldProps) {
  const { t } = useTranslation(["setup", "words"]);
  return (
    <Controller
      control={form.control}
      name="region"
      render={({ field: { ref, value, onChange, onBlur } }) => (
        <Field
          label={{ children: t("region"), weight: "semibold" }}
          hint={replaced ? t("region.server") : t("region.hint")}
        >
          <Dropdown
            ref={ref}
            disabled={busy || replaced}
            value={t(`words:region.${value}`)}
            selectedOptions={[value]}
            onBlur={onBlur}
            onOptionSelect={(_, { optionValue }) => {
              onChange(optionValue ?? value);
            }}
          >
            {REGIONS.map((region) => (
              <Option key={region} value={region}>
                {t(`words:region.${region}`)}
              </Option>
            ))}
          </Dropdown>
        </Field>
      )}
    />
  );
}
