// A box to type in or choose from: as wide as its place, with an arrow that is large enough to be hit (WCAG
// 2.5.8); Fluent's are as wide as twenty letters, with an arrow of 20 pixels.
import { type ComboboxProps, makeStyles } from "@fluentui/react-components";
import { useState } from "react";

const useStyles = makeStyles({
  box: { minWidth: 0, width: "100%" },
  // The room for the arrow is not the input's.
  input: { minWidth: 0, width: "100%", textOverflow: "ellipsis" },
  arrow: { minWidth: "24px", minHeight: "24px", alignItems: "center", justifyContent: "center" },
});

/** What a `Combobox` is given, so that it looks so. */
export function useBox() {
  const styles = useStyles();
  return { className: styles.box, input: { className: styles.input }, expandIcon: { className: styles.arrow } };
}

/** A box whose list is looked through by typing. */
export interface Finding {
  /** What was typed since the list opened; `null`, and the whole list, until then. */
  typed: string | null;
  /** What the `Combobox` is given, beside its value. */
  box: ReturnType<typeof useBox> & Pick<ComboboxProps, "onChange" | "onBlur" | "onOpenChange" | "onOptionSelect">;
}

/** A box in which somebody types to find what they choose. */
export function useFinding(onChoose: (value: string) => void): Finding {
  const box = useBox();
  const [typed, setTyped] = useState<string | null>(null);
  return {
    typed,
    box: {
      ...box,
      onChange: (event) => {
        setTyped(event.target.value);
      },
      onBlur: () => {
        setTyped(null);
      },
      onOpenChange: (_, { open }) => {
        if (!open) setTyped(null);
      },
      onOptionSelect: (_, { optionValue }) => {
        setTyped(null);
        if (optionValue !== undefined) onChoose(optionValue);
      },
    },
  };
}
