// One text value: anything may be typed, and what stands in the column is offered.
import { Combobox, Option } from "@fluentui/react-components";
import { useState } from "react";

import { useBox } from "../../../parts/box";
import { useSuggestions } from "./suggestions";

/** What the box shows and tells. */
export interface TextValueProps {
  label: string;
  attribute: string;
  value: string;
  onChange: (value: string) => void;
  invalid: boolean;
  describedBy?: string;
}

/** A box for one text. */
export function TextValue({ label, attribute, value, onChange, invalid, describedBy }: TextValueProps) {
  const box = useBox();
  const [open, setOpen] = useState(false);
  const suggestions = useSuggestions(attribute, value, open);
  return (
    <Combobox
      freeform
      {...box}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      title={value}
      open={open && suggestions.length > 0}
      onOpenChange={(_, data) => {
        setOpen(data.open);
      }}
      value={value}
      selectedOptions={[value]}
      onChange={(event) => {
        onChange(event.target.value);
      }}
      onOptionSelect={(_, { optionValue }) => {
        if (optionValue !== undefined) onChange(optionValue);
      }}
    >
      {suggestions.slice(0, 200).map((one) => (
        <Option key={one} value={one}>
          {one}
        </Option>
      ))}
    </Combobox>
  );
}
