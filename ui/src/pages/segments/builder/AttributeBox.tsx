// Which attribute a condition is about: type to find it, each with its type.
import { Combobox, makeStyles, mergeClasses, Option, tokens, useId } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Column } from "../../../api";
import { useFinding } from "../../../parts/box";
import { useFormat } from "../../../parts/format";
import { KindIcon } from "../KindIcon";
import { columnOf } from "../rule/columns";
import { kinds } from "../rule/operators";
import { useBuilder } from "./ground";

const useStyles = makeStyles({
  list: { maxHeight: "320px" },
  row: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
  name: { flexGrow: 1, overflowWrap: "anywhere" },
  type: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200, flexShrink: 0 },
});

/** More are not drawn at once; typing finds the others. */
const SHOWN = 100;

/** What the box shows and tells. */
export interface AttributeBoxProps {
  /** The chosen column; empty for none. */
  value: string;
  onChoose: (column: Column) => void;
  /** Whether the focus begins here. */
  autoFocus?: boolean;
  invalid: boolean;
  /** The element that says what is wrong. */
  describedBy?: string;
  className?: string;
}

/** The box with all attributes of the audience. */
export function AttributeBox({ value, onChoose, autoFocus = false, invalid, describedBy, className }: AttributeBoxProps) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const { columns } = useBuilder();
  const styles = useStyles();
  const id = useId("attribute");
  const { typed, box } = useFinding((name) => {
    const column = columns.find((one) => one.name === name);
    if (column !== undefined) onChoose(column);
  });
  const wanted = (typed ?? "").trim().toLowerCase();
  const found = columns
    .filter((column) => column.name.toLowerCase().includes(wanted))
    .toSorted((a, b) => format.compare(a.name, b.name));
  const chosen = columnOf(columns, value);
  return (
    <Combobox
      id={id}
      {...box}
      className={mergeClasses(box.className, className)}
      aria-label={t("condition.attribute")}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      placeholder={t("condition.attribute.choose")}
      title={value}
      autoFocus={autoFocus}
      value={typed ?? value}
      selectedOptions={chosen === undefined ? [] : [chosen.name]}
      listbox={{ className: styles.list }}
    >
      {found.slice(0, SHOWN).map((column) => (
        <Option key={column.name} value={column.name} text={column.name}>
          <span className={styles.row}>
            <KindIcon kind={kinds[column.type]} />
            <span className={styles.name}>{column.name}</span>
            <span className={styles.type}>{t(`type.${kinds[column.type]}`)}</span>
          </span>
        </Option>
      ))}
      {found.length === 0 && (
        <Option key="none" value="" text="" disabled>
          {t("condition.attribute.none")}
        </Option>
      )}
    </Combobox>
  );
}
