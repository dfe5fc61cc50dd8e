// *Only people who said yes*: a condition on an attribute of consent, suggested from names and contents.
import {
  Button,
  Checkbox,
  Combobox,
  Dropdown,
  Field,
  makeStyles,
  Option,
  tokens,
} from "@fluentui/react-components";
import { LightbulbRegular } from "@fluentui/react-icons";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { type AudienceDetail, useAsk } from "../../api";
import { Clip, useBox } from "../../parts";
import type { DataForm } from "./draft";
import { useSections } from "./styles";

const useStyles = makeStyles({
  head: { display: "flex", alignItems: "center", flexWrap: "wrap", minWidth: 0 },
  suggested: {
    minWidth: 0,
    maxWidth: "100%",
    marginInlineStart: "auto",
    color: tokens.colorBrandForegroundLink,
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
  },
  fields: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(150px, 1fr))", gap: "8px", paddingLeft: "32px" },
  choice: { minWidth: 0, width: "100%" },
});

/** What the section needs. */
export interface OnlyYesProps {
  form: UseFormReturn<DataForm>;
  audience: AudienceDetail | undefined;
}

/** The condition on consent. */
export function OnlyYes({ form, audience }: OnlyYesProps) {
  const { t } = useTranslation("setup");
  const sections = useSections();
  const styles = useStyles();
  const box = useBox();
  const [on, column, value] = form.watch(["onlyYes", "consentColumn", "consentValue"]);
  const errors = form.formState.errors;
  const suggested = audience?.suggestions.only_if[0];
  const values = useAsk(
    "audience_values",
    { audience: audience?.row.id ?? "", column, search: "" },
    { enabled: on && column !== "" && audience !== undefined },
  );
  const set = (to: { onlyYes: boolean; column: string; value: string }) => {
    const options = { shouldDirty: true };
    form.setValue("onlyYes", to.onlyYes, options);
    form.setValue("consentColumn", to.column, options);
    form.setValue("consentValue", to.value, options);
  };
  const isSuggested = on && column === suggested?.column && value === suggested.value;
  return (
    <section className={sections.section}>
      <div className={styles.head}>
        <Controller
          control={form.control}
          name="onlyYes"
          render={({ field }) => (
            <Checkbox
              ref={field.ref}
              label={t("onlyYes")}
              checked={field.value}
              onBlur={field.onBlur}
              onChange={(_, { checked }) => {
                const first = checked === true && column === "" ? suggested : undefined;
                set({ onlyYes: checked === true, column: first?.column ?? column, value: first?.value ?? value });
              }}
            />
          )}
        />
        {suggested !== undefined && !isSuggested && (
          <Button
            appearance="transparent"
            size="small"
            className={styles.suggested}
            icon={<LightbulbRegular />}
            onClick={() => {
              set({ onlyYes: true, column: suggested.column, value: suggested.value });
            }}
          >
            <Clip text={t("onlyYes.suggested", { column: suggested.column, value: suggested.value })} />
          </Button>
        )}
      </div>
      {on && (
        <>
          <div className={styles.fields}>
            <Controller
              control={form.control}
              name="consentColumn"
              render={({ field }) => (
                <Field
                  label={t("onlyYes.column")}
                  required
                  validationState={errors.consentColumn === undefined ? "none" : "error"}
                  validationMessage={errors.consentColumn && t("onlyYes.columnMissing")}
                >
                  <Dropdown
                    className={styles.choice}
                    button={{ ref: field.ref }}
                    placeholder={t("attribute.choose")}
                    value={column}
                    selectedOptions={column === "" ? [] : [column]}
                    onOptionSelect={(_, { optionValue = "" }) => {
                      set({ onlyYes: true, column: optionValue, value: "" });
                    }}
                  >
                    {(audience?.fields ?? []).map((one) => (
                      <Option key={one.name} value={one.name} text={one.name}>
                        {one.name}
                      </Option>
                    ))}
                  </Dropdown>
                </Field>
              )}
            />
            <Controller
              control={form.control}
              name="consentValue"
              render={({ field }) => (
                <Field
                  label={t("onlyYes.value")}
                  required
                  validationState={errors.consentValue === undefined ? "none" : "error"}
                  validationMessage={errors.consentValue && t("onlyYes.valueMissing")}
                >
                  <Combobox
                    freeform
                    {...box}
                    ref={field.ref}
                    value={value}
                    selectedOptions={value === "" ? [] : [value]}
                    onBlur={field.onBlur}
                    onChange={(event) => {
                      form.setValue("consentValue", event.target.value, { shouldDirty: true });
                    }}
                    onOptionSelect={(_, { optionText = "" }) => {
                      form.setValue("consentValue", optionText, { shouldDirty: true });
                    }}
                  >
                    {(values.data?.values ?? []).map((one) => (
                      <Option key={one} value={one} text={one}>
                        {one}
                      </Option>
                    ))}
                  </Combobox>
                </Field>
              )}
            />
          </div>
          <p className={sections.hint}>{t("onlyYes.hint")}</p>
        </>
      )}
    </section>
  );
}
