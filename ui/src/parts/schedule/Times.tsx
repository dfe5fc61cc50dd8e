// The times of day of a recurrence: up to four, each from the list or typed.
import { Button, Combobox, Field, makeStyles, Option, tokens, Tooltip, useId } from "@fluentui/react-components";
import { AddRegular, DeleteRegular } from "@fluentui/react-icons";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useBox } from "../box";
import { fieldError } from "../fieldError";
import { anotherTime, type Faults, HALF_HOURS, MOST_TIMES, timeOf } from "./recurrence";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "8px", alignItems: "flex-start" },
  label: { color: tokens.colorNeutralForeground1 },
  off: { color: tokens.colorNeutralForeground3 },
  line: { display: "flex", alignItems: "flex-start", gap: "8px" },
  time: { width: "144px" },
  list: { maxHeight: "320px" },
  add: { display: "flex", alignItems: "center", gap: "12px", flexWrap: "wrap" },
  text: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
});

/** What the times show and tell. */
export interface TimesProps {
  /** As they were typed. */
  at: readonly string[];
  disabled: boolean;
  /** What is wrong with each. */
  faults: Faults["at"];
  onChange: (at: string[]) => void;
}

/** The times. */
export function Times({ at, disabled, faults, onChange }: TimesProps) {
  const { t } = useTranslation("words");
  const styles = useStyles();
  const label = useId("times");
  const add = useRef<HTMLButtonElement>(null);
  // Whoever adds a time is about to choose it.
  const [added, setAdded] = useState<number | null>(null);
  const full = at.length >= MOST_TIMES;
  const set = (place: number, text: string) => {
    onChange(at.map((one, index) => (index === place ? text : one)));
  };
  return (
    <div role="group" aria-labelledby={label} className={styles.all}>
      <span id={label} className={disabled ? styles.off : styles.label}>
        {t("recurrence.time")}
      </span>
      {at.map((typed, place) => (
        // A time is known by its place: two may be alike while they are typed.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={place} className={styles.line}>
          <Time
            typed={typed}
            label={t("recurrence.time.of", { number: place + 1 })}
            disabled={disabled}
            wrong={faults[place] ?? null}
            autoFocus={place === added}
            onChange={(text) => {
              set(place, text);
            }}
          />
          {at.length > 1 && (
            <Tooltip content={t("recurrence.time.remove", { number: place + 1 })} relationship="label">
              <Button
                appearance="subtle"
                icon={<DeleteRegular />}
                disabled={disabled}
                onClick={() => {
                  onChange(at.filter((_, index) => index !== place));
                  setAdded(null);
                  add.current?.focus();
                }}
              />
            </Tooltip>
          )}
        </div>
      ))}
      <div className={styles.add}>
        <Button
          ref={add}
          appearance="transparent"
          icon={<AddRegular />}
          disabled={disabled}
          disabledFocusable={full}
          onClick={() => {
            if (full) return;
            setAdded(at.length);
            onChange([...at, anotherTime(at)]);
          }}
        >
          {t("recurrence.time.add")}
        </Button>
        {full && <span className={styles.text}>{t("recurrence.time.most")}</span>}
      </div>
    </div>
  );
}

interface TimeProps {
  typed: string;
  label: string;
  disabled: boolean;
  wrong: Faults["at"][number];
  autoFocus: boolean;
  onChange: (text: string) => void;
}

/** A time. The list is for whoever opens it: a key that leaves the box must not choose from it what nobody looked at. */
function Time({ typed, label, disabled, wrong, autoFocus, onChange }: TimeProps) {
  const { t } = useTranslation("words");
  const styles = useStyles();
  const box = useBox();
  const [open, setOpen] = useState(false);
  return (
    <Field className={styles.time} {...fieldError(wrong === null ? null : t(wrong))}>
      <Combobox
        {...box}
        freeform
        aria-label={label}
        disabled={disabled}
        autoFocus={autoFocus}
        inputMode="numeric"
        value={typed}
        selectedOptions={[typed]}
        open={open}
        onOpenChange={(event, data) => {
          const types = "key" in event && event.key.length === 1;
          if (!types) setOpen(data.open);
        }}
        onChange={(event) => {
          setOpen(false);
          onChange(event.target.value);
        }}
        onBlur={() => {
          // Written as it is kept, once it is a time.
          const time = timeOf(typed);
          if (time !== null && time !== typed) onChange(time);
        }}
        onOptionSelect={(_, { optionText }) => {
          if (optionText !== undefined) onChange(optionText);
        }}
        listbox={{ className: styles.list }}
      >
        {HALF_HOURS.map((time) => (
          <Option key={time} value={time} text={time}>
            {time}
          </Option>
        ))}
      </Combobox>
    </Field>
  );
}
