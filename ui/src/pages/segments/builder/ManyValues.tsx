// Several values as chips: typed with Enter, or chosen from what stands in the column.
import {
  makeStyles,
  Tag,
  TagPicker,
  TagPickerControl,
  TagPickerGroup,
  TagPickerInput,
  TagPickerList,
  TagPickerOption,
} from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useSuggestions } from "./suggestions";

const useStyles = makeStyles({
  control: { minWidth: 0, width: "100%" },
  tag: { maxWidth: "100%", minWidth: 0 },
  words: { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap", maxWidth: "240px" },
  list: { maxHeight: "320px" },
});

/** What the box shows and tells. */
export interface ManyValuesProps {
  attribute: string;
  values: readonly string[];
  onChange: (values: string[]) => void;
  /** The words of a value where they are not the value itself. */
  words: (value: string) => string;
  /** What is offered; undefined: what stands in the column. */
  choices?: readonly string[];
  invalid: boolean;
  describedBy?: string;
}

/** A box of chips. */
export function ManyValues({ attribute, values, onChange, words, choices, invalid, describedBy }: ManyValuesProps) {
  const { t } = useTranslation("segments");
  const styles = useStyles();
  const [typed, setTyped] = useState("");
  const [open, setOpen] = useState(false);
  const inColumn = useSuggestions(attribute, typed, open && choices === undefined);
  const offered = (choices ?? inColumn).filter((one) => !values.includes(one));
  const own = typed.trim();
  // What was typed may be added as it is, unless only fixed values make sense.
  const addable = choices === undefined && own !== "" && !values.includes(own) && !offered.includes(own);
  const add = (value: string) => {
    if (value !== "" && !values.includes(value)) onChange([...values, value]);
    setTyped("");
  };
  return (
    <TagPicker
      open={open && (addable || offered.length > 0)}
      onOpenChange={(_, data) => {
        setOpen(data.open);
      }}
      selectedOptions={[...values]}
      onOptionSelect={(_, { value }) => {
        if (values.includes(value)) onChange(values.filter((one) => one !== value));
        else add(value);
      }}
    >
      <TagPickerControl className={styles.control}>
        <TagPickerGroup aria-label={t("condition.values")}>
          {values.map((value) => (
            <Tag key={value} value={value} shape="rounded" size="small" className={styles.tag} title={words(value)}>
              <span className={styles.words}>{words(value)}</span>
            </Tag>
          ))}
        </TagPickerGroup>
        <TagPickerInput
          aria-label={t("condition.values")}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          placeholder={values.length === 0 ? t("condition.values.hint") : undefined}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
          onKeyDown={(event) => {
            // Enter takes a value and never saves the form.
            if (event.key === "Enter") event.preventDefault();
          }}
          onBlur={() => {
            // What was typed is not lost by going on to the next field.
            if (addable) add(own);
          }}
        />
      </TagPickerControl>
      <TagPickerList className={styles.list}>
        {addable && (
          <TagPickerOption key="own" value={own} text={own}>
            {t("condition.values.add", { value: own })}
          </TagPickerOption>
        )}
        {offered.slice(0, 200).map((one) => (
          <TagPickerOption key={`value-${one}`} value={one} text={words(one)}>
            {words(one)}
          </TagPickerOption>
        ))}
      </TagPickerList>
    </TagPicker>
  );
}
