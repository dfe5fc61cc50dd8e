// The round check of a row.
import { Checkbox, Radio } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

interface SelectCellProps {
  className: string;
  /** What the row is called; `null` while it is not known. */
  name: string | null;
  selected: boolean;
  single: boolean;
  onToggle: () => void;
}

/** The first cell of a row that can be selected. */
export function SelectCell({ className, name, selected, single, onToggle }: SelectCellProps) {
  const { t } = useTranslation("frame");
  // The row is the stop of the Tab key, and Space on it does the same: a stop for each check would be two.
  const common = { "aria-label": t("table.select", { name: name ?? "" }), checked: selected, tabIndex: -1, onChange: onToggle };
  return (
    <td className={className}>
      {name !== null && (single ? <Radio {...common} /> : <Checkbox shape="circular" {...common} />)}
    </td>
  );
}
