// What happens to people who leave, and the two guards: the limit, and how much a list may lose at once.
import { Button, Checkbox, Field, Input, makeStyles, Radio, RadioGroup } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { Controller, type UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { Product } from "../../api";
import { tagged } from "../../parts";
import { type DataForm, LIMIT, toNumber } from "./draft";
import { useSections } from "./styles";

const useStyles = makeStyles({ narrow: { maxWidth: "320px" } });

/** What the section needs. */
export interface LeaversProps {
  form: UseFormReturn<DataForm>;
  product: Product;
}

/** *People who leave*. */
export function Leavers({ form, product }: LeaversProps) {
  const { t } = useTranslation("setup");
  const context = tagged(product);
  const styles = useSections();
  return (
    <section className={styles.section} aria-labelledby="set-up-leavers">
      <h3 id="set-up-leavers" className={styles.title}>
        {t("leavers")}
      </h3>
      <Controller
        control={form.control}
        name="leavers"
        render={({ field }) => (
          <RadioGroup
            aria-labelledby="set-up-leavers"
            value={field.value}
            onChange={(_, { value }) => {
              field.onChange(value);
            }}
          >
            <Radio
              value="remove"
              label={
                <>
                  {t("leavers.remove", { context })}
                  <div className={styles.hint}>{t("leavers.removeHint", { context })}</div>
                </>
              }
            />
            <Radio value="keep" label={t("leavers.keep", { context })} />
          </RadioGroup>
        )}
      />
    </section>
  );
}

/** *More settings*, folded. */
export function MoreSettings({ form, product }: LeaversProps) {
  const { t } = useTranslation("setup");
  const context = tagged(product);
  const sections = useSections();
  const styles = useStyles();
  const [opened, setOpened] = useState(false);
  const { limit: limitError, maxLoss: lossError, sure: sureError } = form.formState.errors;
  // What is wrong is never folded away.
  const open = opened || limitError !== undefined || lossError !== undefined || sureError !== undefined;
  const over = (toNumber(form.watch("limit")) ?? 0) > LIMIT;
  return (
    <section className={sections.section}>
      <div>
        <Button
          appearance="transparent"
          className={sections.flush}
          icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
          aria-expanded={open}
          onClick={() => {
            setOpened(!open);
          }}
        >
          {t("more")}
        </Button>
      </div>
      {open && (
        <>
          <Controller
            control={form.control}
            name="limit"
            render={({ field }) => (
              <Field
                className={styles.narrow}
                label={t("limit")}
                hint={t("limit.hint", { limit: LIMIT })}
                validationState={limitError === undefined ? "none" : "error"}
                validationMessage={limitError && t("limit.bad")}
              >
                <Input {...field} inputMode="numeric" />
              </Field>
            )}
          />
          {over && (
            <Controller
              control={form.control}
              name="sure"
              render={({ field: { value, onChange, ...field } }) => (
                <Field
                  validationState={sureError === undefined ? "none" : "error"}
                  validationMessage={sureError && t("limit.unsure")}
                >
                  <Checkbox
                    {...field}
                    label={t("limit.sure", { limit: LIMIT })}
                    checked={value}
                    onChange={(_, { checked }) => {
                      onChange(checked === true);
                    }}
                  />
                </Field>
              )}
            />
          )}
          <Controller
            control={form.control}
            name="maxLoss"
            render={({ field }) => (
              <Field
                className={styles.narrow}
                label={t("maxLoss", { context })}
                hint={t("maxLoss.hint", { context })}
                validationState={lossError === undefined ? "none" : "error"}
                validationMessage={lossError && t("maxLoss.bad")}
              >
                <Input {...field} inputMode="numeric" contentAfter="%" />
              </Field>
            )}
          />
        </>
      )}
    </section>
  );
}
