// What stands beside a comparison, by what it takes and what the attribute holds.
import { Input, makeStyles } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { useFormat } from "../../../parts/format";
import type { Condition } from "../rule/draft";
import { type Kind, operators, type Takes, units } from "../rule/operators";
import { ChoiceBox } from "./ChoiceBox";
import { ManyValues } from "./ManyValues";
import { NumberBox } from "./NumberBox";
import { TextValue } from "./TextValue";

const useStyles = makeStyles({
  pair: { display: "flex", gap: "8px", alignItems: "center", minWidth: 0, width: "100%" },
  amount: { width: "96px", flexShrink: 0 },
  grow: { flexGrow: 1, flexBasis: 0, minWidth: 0 },
});

/** What the editor shows and tells. */
export interface ValueEditorProps {
  condition: Condition;
  kind: Kind;
  onChange: (values: string[]) => void;
  invalid: boolean;
  describedBy?: string;
}

interface OneProps {
  label: string;
  attribute: string;
  kind: Kind;
  value: string;
  onChange: (value: string) => void;
  invalid: boolean;
  describedBy?: string;
}

function YesNo({ label, value, onChange, invalid, describedBy }: Omit<OneProps, "kind" | "attribute">) {
  const { t } = useTranslation("segments");
  const choices = [
    ["true", t("condition.yes")],
    ["false", t("condition.no")],
  ] as const;
  return <ChoiceBox {...{ label, value, onChange, invalid, describedBy, choices }} />;
}

/** A date or point in time, written as rules write it. The field is text: web views differ in theirs. */
function Moment({ label, kind, value, onChange, invalid, describedBy }: Omit<OneProps, "attribute">) {
  const { t } = useTranslation("segments");
  return (
    <Input
      style={{ minWidth: 0, width: "100%" }}
      aria-label={label}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      placeholder={t(kind === "date" ? "condition.date.form" : "condition.moment.form")}
      value={value}
      onChange={(_, data) => {
        onChange(data.value);
      }}
    />
  );
}

/** One value of the attribute's own type. */
function One({ kind, attribute, ...rest }: OneProps) {
  switch (kind) {
    case "number":
      return <NumberBox {...rest} />;
    case "boolean":
      return <YesNo {...rest} />;
    case "date":
    case "timestamp":
      return <Moment kind={kind} {...rest} />;
    case "text":
      return <TextValue attribute={attribute} {...rest} />;
  }
}

function useChoices(takes: Takes, kind: Kind): readonly (readonly [string, string])[] {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  if (takes === "month") return numbers(12).map((number) => [String(number), format.month(number)]);
  if (takes === "weekday") return numbers(7).map((number) => [String(number), format.weekday(number)]);
  if (takes !== "length") return [];
  return units.filter((unit) => unit !== "hours" || kind === "timestamp").map((unit) => [unit, t(`unit.${unit}`)]);
}

/** The editor for the values of a condition. */
export function ValueEditor({ condition, kind, onChange, invalid, describedBy }: ValueEditorProps) {
  const { t } = useTranslation("segments");
  const styles = useStyles();
  const { attribute, operator, values } = condition;
  const { takes } = operators[operator];
  const choices = useChoices(takes, kind);
  const [first = "", second = ""] = values;
  const shared = { invalid, describedBy };
  const label = t("condition.value");
  const setOne = (value: string) => {
    onChange([value]);
  };
  switch (takes) {
    case "nothing":
      return null;
    case "one":
      return <One {...{ label, attribute, kind, ...shared }} value={first} onChange={setOne} />;
    case "many": {
      const word = (value: string) =>
        kind !== "boolean" ? value : value === "true" ? t("condition.yes") : t("condition.no");
      return (
        <ManyValues
          {...{ attribute, values, onChange, ...shared }}
          words={word}
          choices={kind === "boolean" ? ["true", "false"] : undefined}
        />
      );
    }
    case "two":
      return (
        <div className={styles.pair}>
          <One
            {...{ attribute, kind, ...shared }}
            label={t("condition.from")}
            value={first}
            onChange={(value) => {
              onChange([value, second]);
            }}
          />
          <span>{t("and")}</span>
          <One
            {...{ attribute, kind, ...shared }}
            label={t("condition.to")}
            value={second}
            onChange={(value) => {
              onChange([first, value]);
            }}
          />
        </div>
      );
    case "length":
      return (
        <div className={styles.pair}>
          <div className={styles.amount}>
            <NumberBox
              {...{ label, ...shared }}
              value={first}
              onChange={(value) => {
                onChange([value, second]);
              }}
            />
          </div>
          <div className={styles.grow}>
            <ChoiceBox
              label={t("condition.unit")}
              choices={choices}
              value={second}
              onChange={(value) => {
                onChange([first, value]);
              }}
            />
          </div>
        </div>
      );
    case "day":
    case "year":
      return <NumberBox {...{ label, ...shared }} value={first} onChange={setOne} />;
    case "month":
    case "weekday":
      return <ChoiceBox {...{ label, choices, ...shared }} value={first} onChange={setOne} />;
    case "clock":
      return (
        <Input
          style={{ minWidth: 0, width: "100%" }}
          aria-label={label}
          aria-invalid={invalid || undefined}
          aria-describedby={describedBy}
          placeholder={t("condition.clock.form")}
          value={first}
          onChange={(_, data) => {
            setOne(data.value);
          }}
        />
      );
  }
}
