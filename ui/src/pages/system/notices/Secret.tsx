// A secret of the notices: one that is stored is never shown, and is changed by pressing its box.
import { Field, Input, type InputProps } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { fieldError, HiddenValue } from "../../../parts";

/** What the field needs. */
export interface SecretProps {
  label: string;
  /** Whether one is stored. */
  stored: boolean;
  /** What is known of the stored one, or how one is written. */
  hint: string;
  required?: boolean;
  fault: string | undefined;
  value: string;
  onChange: (value: string) => void;
  placeholder?: InputProps["placeholder"];
}

/** The field; empty means that the stored one stays. */
export function Secret({ label, stored, hint, required = false, fault, value, onChange, placeholder }: SecretProps) {
  const { t } = useTranslation("admin");
  const [open, setOpen] = useState(false);
  if (stored && !open && value === "") {
    return (
      <HiddenValue
        label={label}
        hint={hint}
        text={t("notices.hidden")}
        onChange={() => {
          setOpen(true);
        }}
      />
    );
  }
  return (
    <Field label={label} required={required && !stored} hint={stored ? t("notices.keep") : hint} {...fieldError(fault)}>
      <Input
        type="password"
        autoComplete="off"
        spellCheck={false}
        autoFocus={open}
        value={value}
        placeholder={placeholder}
        onChange={(_, { value: typed }) => {
          onChange(typed);
        }}
        onBlur={() => {
          // Left empty, it is the stored one again.
          if (value === "") setOpen(false);
        }}
      />
    </Field>
  );
}
