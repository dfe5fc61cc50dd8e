// A number as the locale writes its decimals; the draft has the point that rules write.
import { Input, makeStyles } from "@fluentui/react-components";
import { useMemo } from "react";

import { useLocale } from "../../../parts/locale";

const useStyles = makeStyles({
  box: { minWidth: 0, width: "100%" },
  input: { textAlign: "right", fontVariantNumeric: "tabular-nums" },
});

/** What the box shows and tells. */
export interface NumberBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  invalid: boolean;
  describedBy?: string;
}

/** A box for a number. */
export function NumberBox({ label, value, onChange, invalid, describedBy }: NumberBoxProps) {
  const styles = useStyles();
  const { tag } = useLocale();
  const comma = useMemo(() => new Intl.NumberFormat(tag).formatToParts(0.5).some((part) => part.value === ","), [tag]);
  return (
    <Input
      className={styles.box}
      input={{ className: styles.input }}
      inputMode="decimal"
      autoComplete="off"
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      value={comma ? value.replace(".", ",") : value}
      onChange={(_, data) => {
        onChange(comma ? data.value.replace(",", ".") : data.value);
      }}
    />
  );
}
