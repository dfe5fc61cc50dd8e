// How long values and details of people are kept. A shorter time drops what is older at once, so it asks.
import { valibotResolver } from "@hookform/resolvers/valibot";
import { Button, Field, Input, makeStyles, Skeleton, SkeletonItem, Spinner, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";
import * as v from "valibot";

import { type RetentionView, useAsk, useTell } from "../../api";
import { Asking, Card, ErrorBar, useSay } from "../../parts";

const schema = v.object({
  days: v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^\d+$/u, "retention.bad"),
    v.transform(Number),
    v.minValue(1, "retention.bad"),
    v.maxValue(3_650, "retention.bad"),
  ),
});

const useStyles = makeStyles({
  text: { margin: 0 },
  now: { margin: 0, color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  line: { display: "flex", alignItems: "flex-start", gap: "8px" },
  field: { flexGrow: 1, minWidth: 0 },
  // Beside the input, under its label.
  button: { marginTop: "26px" },
});

/** The card of the retention. */
export function RetentionCard() {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const { data, error } = useAsk("retention_get", {});
  return (
    <Card title={t("retention.title")}>
      <p className={styles.text}>{t("retention.text")}</p>
      {error !== null && <ErrorBar failure={error} />}
      {data === undefined && error === null && (
        <Skeleton aria-hidden>
          <SkeletonItem size={32} />
        </Skeleton>
      )}
      {data !== undefined && <Days retention={data} />}
    </Card>
  );
}

function Days({ retention }: { retention: RetentionView }) {
  const { t } = useTranslation("admin");
  const styles = useStyles();
  const say = useSay();
  const { mutate, isPending, error, reset } = useTell("retention_set");
  const [shorter, setShorter] = useState<number | null>(null);
  const form = useForm({
    defaultValues: { days: String(retention.days) },
    resolver: valibotResolver(schema),
  });
  const { isDirty } = form.formState;
  useEffect(() => {
    // Somebody else may change it; what is being typed here stays.
    if (!isDirty) form.reset({ days: String(retention.days) });
  }, [retention.days, isDirty, form]);
  const set = (days: number) => {
    mutate(
      { days },
      {
        onSuccess: (answer) => {
          setShorter(null);
          form.reset({ days: String(answer.days) });
          say(t("retention.done", { count: answer.days }));
        },
      },
    );
  };
  const save = form.handleSubmit(({ days }) => {
    if (isPending) return;
    if (days < retention.days) setShorter(days);
    else set(days);
  });
  return (
    <>
      <form noValidate className={styles.line} onSubmit={(event) => void save(event)}>
        <Controller
          control={form.control}
          name="days"
          render={({ field, fieldState: { error: wrong } }) => (
            <Field
              className={styles.field}
              label={t("retention.days")}
              required
              validationState={wrong === undefined ? "none" : "error"}
              validationMessage={wrong?.message === undefined ? undefined : t(wrong.message as "retention.bad")}
            >
              <Input {...field} inputMode="numeric" autoComplete="off" />
            </Field>
          )}
        />
        <Button
          className={styles.button}
          type="submit"
          disabledFocusable={!isDirty || isPending}
          icon={isPending ? <Spinner size="tiny" aria-hidden /> : undefined}
        >
          {t("retention.save")}
        </Button>
      </form>
      {error !== null && shorter === null && <ErrorBar failure={error} />}
      <p className={styles.now}>
        {t("retention.now", {
          receipts: t("retention.receipts", { count: retention.receipts }),
          runs: t("retention.runs", { count: retention.runs }),
          forgotten: t("retention.forgotten", { count: retention.forgotten }),
        })}
      </p>
      {shorter !== null && (
        <Asking
          title={t("retentionDialog.title", { count: shorter })}
          yes={t("retentionDialog.do")}
          busy={isPending}
          failure={error}
          onYes={() => {
            set(shorter);
          }}
          onClose={() => {
            setShorter(null);
            reset();
          }}
        >
          {t("retentionDialog.text")}
        </Asking>
      )}
    </>
  );
}
