// When something recurs, as fields: Repeat, Time zone, Every, Time (customer-insights.md 2.5).
import { Checkbox, Dropdown, Field, makeStyles, mergeClasses, Option, tokens, useId } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import type { Day, Every } from "../../api";
import { capital, useFormat } from "../format";
import { useLocale } from "../locale";
import { DAYS, type Draft, type Faults } from "./recurrence";
import { Times } from "./Times";
import { ZoneBox } from "./ZoneBox";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  repeat: { maxWidth: "240px" },
  zone: { maxWidth: "400px" },
  days: { display: "flex", flexDirection: "column", gap: "4px" },
  off: { color: tokens.colorNeutralForeground3 },
  checks: { display: "flex", flexWrap: "wrap", columnGap: "2px", marginLeft: "-8px" },
  dropdown: { minWidth: 0, width: "100%" },
});

const EVERY: readonly Every[] = ["week", "day"];

/** What the fields show and tell. */
export interface RecurrenceFieldsProps {
  draft: Draft;
  /** What is wrong and is to be said; `null`: nothing yet. */
  faults: Faults | null;
  disabled: boolean;
  onChange: (draft: Draft) => void;
}

/** The fields. */
export function RecurrenceFields({ draft, faults, disabled, onChange }: RecurrenceFieldsProps) {
  const { t } = useTranslation("words");
  const styles = useStyles();
  return (
    <div className={styles.all}>
      <div className={styles.repeat}>
        <Field label={t("recurrence.repeat")} required>
          <Dropdown
            className={styles.dropdown}
            disabled={disabled}
            value={t(`recurrence.every.${draft.every}`)}
            selectedOptions={[draft.every]}
            onOptionSelect={(_, { optionValue }) => {
              onChange({ ...draft, every: optionValue === "day" ? "day" : "week" });
            }}
          >
            {EVERY.map((every) => (
              <Option key={every} value={every}>
                {t(`recurrence.every.${every}`)}
              </Option>
            ))}
          </Dropdown>
        </Field>
      </div>
      <div className={styles.zone}>
        <ZoneBox
          value={draft.zone}
          disabled={disabled}
          wrong={faults?.zone === undefined ? undefined : t(faults.zone)}
          onChoose={(zone) => {
            onChange({ ...draft, zone });
          }}
        />
      </div>
      {draft.every === "week" && (
        <Days
          on={draft.on}
          disabled={disabled}
          wrong={faults?.on === undefined ? undefined : t(faults.on)}
          onChange={(on) => {
            onChange({ ...draft, on });
          }}
        />
      )}
      <Times
        at={draft.at}
        disabled={disabled}
        faults={faults?.at ?? []}
        onChange={(at) => {
          onChange({ ...draft, at });
        }}
      />
    </div>
  );
}

interface DaysProps {
  on: readonly Day[];
  disabled: boolean;
  wrong: string | undefined;
  onChange: (on: Day[]) => void;
}

/** The days of the week: Sunday first in English, as on the mirrored page, Monday first in Swedish. */
function Days({ on, disabled, wrong, onChange }: DaysProps) {
  const { t } = useTranslation("words");
  const styles = useStyles();
  const format = useFormat();
  const { language, tag } = useLocale();
  const [label, said] = [useId("days"), useId("days-wrong")];
  const order: readonly Day[] = language === "sv" ? DAYS : ["sun", ...DAYS.slice(0, -1)];
  return (
    <div
      role="group"
      aria-labelledby={label}
      aria-describedby={wrong === undefined ? undefined : said}
      className={styles.days}
    >
      <span id={label} className={mergeClasses(disabled && styles.off)}>
        {t("recurrence.on")}
      </span>
      <div className={styles.checks}>
        {order.map((day) => (
          <Checkbox
            key={day}
            label={capital(format.day(DAYS.indexOf(day) + 1), tag)}
            disabled={disabled}
            checked={on.includes(day)}
            onChange={(_, { checked }) => {
              onChange(DAYS.filter((one) => (one === day ? checked === true : on.includes(one))));
            }}
          />
        ))}
      </div>
      {/* A field around them would give all of them one name. */}
      {wrong !== undefined && <Field validationState="error" validationMessage={{ children: wrong, id: said }} />}
    </div>
  );
}
