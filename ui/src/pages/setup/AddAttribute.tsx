// *+ Add attribute*: any other field of the account, found by its name.
import { Button, Combobox, Field, Option, OptionGroup } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { AccountFieldRow } from "../../api";
import { fieldName } from "./fields";
import { useSections } from "./styles";

/** What the choice needs. */
export interface AddAttributeProps {
  /** Fields without a row; `undefined` while they are read. */
  fields: AccountFieldRow[] | undefined;
  onAdd: (target: string) => void;
}

/** The button, and the choice that takes its place. */
export function AddAttribute({ fields, onAdd }: AddAttributeProps) {
  const { t } = useTranslation("setup");
  const styles = useSections();
  const [open, setOpen] = useState(false);
  const [listed, setListed] = useState(true);
  const [search, setSearch] = useState("");
  const used = fields?.length === 0;
  const why = fields === undefined ? t("addAttribute.loading") : used ? t("addAttribute.all") : undefined;
  if (!open || fields === undefined || used) {
    return (
      <div>
        <Button
          appearance="transparent"
          className={styles.flush}
          icon={<AddRegular />}
          disabledFocusable={why !== undefined}
          title={why}
          onClick={() => {
            // The box of the last choice closed its list behind it.
            setListed(true);
            setOpen(true);
          }}
        >
          {t("addAttribute")}
        </Button>
      </div>
    );
  }
  const piece = search.trim().toLocaleLowerCase();
  const named = fields
    .map((field) => ({ field, name: fieldName(t, field.target, field) }))
    .filter(({ name }) => name.toLocaleLowerCase().includes(piece));
  const group = (label: string, custom: boolean) => {
    const options = named.filter(({ field }) => field.custom === custom);
    return options.length === 0 ? null : (
      <OptionGroup label={label}>
        {options.map(({ field, name }) => (
          <Option key={field.target} value={field.target} text={name}>
            {name}
          </Option>
        ))}
      </OptionGroup>
    );
  };
  const close = () => {
    setOpen(false);
    setSearch("");
  };
  return (
    <Field label={t("addAttribute")}>
      <Combobox
        // The person pressed the button for exactly this.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        open={listed}
        placeholder={t("addAttribute.search")}
        value={search}
        selectedOptions={[]}
        onChange={(event) => {
          setSearch(event.target.value);
        }}
        onOptionSelect={(_, { optionValue }) => {
          if (optionValue !== undefined) onAdd(optionValue);
          close();
        }}
        onOpenChange={(_, data) => {
          setListed(data.open);
        }}
        onBlur={close}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          // Esc takes back the choice, not the pane.
          event.stopPropagation();
          close();
        }}
      >
        {named.length === 0 && (
          <Option disabled value="" text={search}>
            {t("addAttribute.noMatch", { search })}
          </Option>
        )}
        {group(t("addAttribute.standard"), false)}
        {group(t("addAttribute.custom"), true)}
      </Combobox>
    </Field>
  );
}
