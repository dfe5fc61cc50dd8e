// The list of a chosen segment: new or existing, and the pencil that gives it another title.
import {
  Button,
  Combobox,
  Field,
  makeStyles,
  Option,
  Popover,
  PopoverSurface,
  PopoverTrigger,
  Radio,
  RadioGroup,
  tokens,
} from "@fluentui/react-components";
import { Edit16Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { AccountShape, Product } from "../../api";
import { Clip, tagged, useBox } from "../../parts";
import type { Chosen } from "./draft";
import { listOf, LONGEST_TAG } from "./lists";

const useStyles = makeStyles({
  cell: { display: "flex", alignItems: "center", gap: "2px", minWidth: 0 },
  words: { minWidth: 0, color: tokens.colorNeutralForeground2 },
  wrong: { minWidth: 0, color: tokens.colorStatusDangerForeground1 },
  form: { display: "flex", flexDirection: "column", gap: "12px", width: "300px", maxWidth: "80vw" },
  actions: { display: "flex", gap: "8px", justifyContent: "flex-end" },
});

/** What the cell needs. */
export interface ListTitleProps {
  shape: AccountShape | undefined;
  product: Product;
  segment: Chosen;
  others: readonly Chosen[];
  onChange: (title: string | null) => void;
}

/** The cell of the list. */
export function ListTitle({ shape, product, segment, others, onChange }: ListTitleProps) {
  const { t } = useTranslation("setup");
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const context = tagged(product);
  const { title, long, exists, taken } = listOf(product, shape, segment, others);
  const kind = exists === undefined ? title : exists ? t("list.existing", { context }) : t("list.new", { context });
  const wrong =
    taken !== undefined
      ? t("list.twice", { segment: taken, context })
      : long
        ? t("list.long", { count: LONGEST_TAG })
        : null;
  return (
    <div className={styles.cell}>
      <span className={wrong === null ? styles.words : styles.wrong}>
        <Clip text={wrong ?? (title === segment.name ? kind : title)} />
      </span>
      <Popover
        open={open}
        trapFocus
        withArrow
        onOpenChange={(_, data) => {
          setOpen(data.open);
        }}
      >
        <PopoverTrigger disableButtonEnhancement>
          <Button
            appearance="transparent"
            size="small"
            icon={<Edit16Regular />}
            aria-label={t("list.edit", { segment: segment.name, context })}
            title={t("list.edit", { segment: segment.name, context })}
          />
        </PopoverTrigger>
        <PopoverSurface aria-label={t("list.title", { segment: segment.name, context })}>
          {open && (
            <TitleForm
              shape={shape}
              product={product}
              segment={segment}
              others={others}
              onChange={(chosen) => {
                onChange(chosen);
                setOpen(false);
              }}
            />
          )}
        </PopoverSurface>
      </Popover>
    </div>
  );
}

/** The choice between the segment's name and another title. */
function TitleForm({ shape, product, segment, others, onChange }: ListTitleProps) {
  const { t } = useTranslation("setup");
  const box = useBox();
  const styles = useStyles();
  const [own, setOwn] = useState(segment.title === null);
  const [text, setText] = useState(segment.title ?? "");
  const title = own ? null : text.trim();
  const context = tagged(product);
  const { taken, long } = listOf(product, shape, { ...segment, title }, others);
  const wrong =
    taken !== undefined
      ? t("list.taken", { segment: taken, context })
      : long
        ? t("list.long", { count: LONGEST_TAG })
        : undefined;
  const missing = title === "";
  const piece = text.trim().toLocaleLowerCase();
  const titles = (shape?.lists ?? []).map((list) => list.title).filter((one) => one.toLocaleLowerCase().includes(piece));
  const use = () => {
    if (!missing && wrong === undefined) onChange(title);
  };
  return (
    <div className={styles.form}>
      <RadioGroup
        aria-label={t("list.title", { segment: segment.name, context })}
        value={own ? "own" : "other"}
        onChange={(_, { value }) => {
          setOwn(value === "own");
        }}
      >
        <Radio value="own" label={t("list.own")} />
        <Radio value="other" label={t("list.other", { context })} />
      </RadioGroup>
      <Field
        label={t("list.name", { context })}
        hint={own ? t("list.ownHint", { name: segment.name, context }) : t("list.hint", { context })}
        validationState={wrong === undefined ? "none" : "error"}
        validationMessage={wrong}
      >
        <Combobox
          {...box}
          freeform
          disabled={own}
          value={own ? segment.name : text}
          selectedOptions={[]}
          // Inside of the popover, so that choosing does not count as leaving it.
          inlinePopup
          onChange={(event) => {
            setText(event.target.value);
          }}
          onOptionSelect={(_, { optionText = "" }) => {
            setText(optionText);
          }}
        >
          {titles.slice(0, 50).map((one) => (
            <Option key={one} text={one}>
              {one}
            </Option>
          ))}
        </Combobox>
      </Field>
      <div className={styles.actions}>
        <Button appearance="primary" size="small" disabledFocusable={missing || wrong !== undefined} onClick={use}>
          {t("list.use")}
        </Button>
      </div>
    </div>
  );
}
