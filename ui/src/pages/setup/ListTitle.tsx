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

import type { AccountShape } from "../../api";
import { Clip, useBox } from "../../parts";
import type { Chosen } from "./draft";
import { listOf } from "./lists";

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
  segment: Chosen;
  others: readonly Chosen[];
  onChange: (title: string | null) => void;
}

/** The cell of the list. */
export function ListTitle({ shape, segment, others, onChange }: ListTitleProps) {
  const { t } = useTranslation("setup");
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const { title, exists, taken } = listOf(shape, segment, others);
  const kind = exists === undefined ? title : exists ? t("list.existing") : t("list.new");
  return (
    <div className={styles.cell}>
      <span className={taken === undefined ? styles.words : styles.wrong}>
        {taken === undefined ? (
          <Clip text={title === segment.name ? kind : title} />
        ) : (
          <Clip text={t("list.twice", { segment: taken })} />
        )}
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
            aria-label={t("list.edit", { segment: segment.name })}
            title={t("list.edit", { segment: segment.name })}
          />
        </PopoverTrigger>
        <PopoverSurface aria-label={t("list.title", { segment: segment.name })}>
          {open && (
            <TitleForm
              shape={shape}
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
function TitleForm({ shape, segment, others, onChange }: ListTitleProps) {
  const { t } = useTranslation("setup");
  const box = useBox();
  const styles = useStyles();
  const [own, setOwn] = useState(segment.title === null);
  const [text, setText] = useState(segment.title ?? "");
  const title = own ? null : text.trim();
  const { taken } = listOf(shape, { ...segment, title }, others);
  const missing = title === "";
  const piece = text.trim().toLocaleLowerCase();
  const titles = (shape?.lists ?? []).map((list) => list.title).filter((one) => one.toLocaleLowerCase().includes(piece));
  const use = () => {
    if (!missing && taken === undefined) onChange(title);
  };
  return (
    <div className={styles.form}>
      <RadioGroup
        aria-label={t("list.title", { segment: segment.name })}
        value={own ? "own" : "other"}
        onChange={(_, { value }) => {
          setOwn(value === "own");
        }}
      >
        <Radio value="own" label={t("list.own")} />
        <Radio value="other" label={t("list.other")} />
      </RadioGroup>
      <Field
        label={t("list.name")}
        hint={own ? t("list.ownHint", { name: segment.name }) : t("list.hint")}
        validationState={taken === undefined ? "none" : "error"}
        validationMessage={taken === undefined ? undefined : t("list.taken", { segment: taken })}
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
        <Button appearance="primary" size="small" disabledFocusable={missing || taken !== undefined} onClick={use}>
          {t("list.use")}
        </Button>
      </div>
    </div>
  );
}
