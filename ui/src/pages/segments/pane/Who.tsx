// Who is in the segment: the builder, or whatever else says it.
import { makeStyles, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import type { UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { Column, Failure } from "../../../api";
import { PageLink } from "../../../parts";
import { Builder } from "../builder/Builder";
import type { Draft } from "../rule/draft";
import { FileRule } from "./FileRule";
import { formFaults, type SegmentForm } from "./form";
import { TextRule } from "./TextRule";

const useStyles = makeStyles({ words: { overflowWrap: "anywhere" } });

/** What the part shows and tells. */
export interface WhoProps {
  form: UseFormReturn<SegmentForm>;
  values: SegmentForm;
  columns: readonly Column[];
  faultOf: (id: string) => string | undefined;
  /** Whether the rule can be counted. */
  sound: boolean;
  onEdit: (change: (draft: Draft) => Draft) => void;
  /** What the engine said about the rule. */
  refused: Failure | null;
}

/** The part of the form that says who is in the segment. */
export function Who({ form, values, columns, faultOf, sound, onEdit, refused }: WhoProps) {
  const { t } = useTranslation("segments");
  const styles = useStyles();
  const { errors } = form.formState;
  const own = (field: "json" | "predicate" | "path") => {
    const key = formFaults.find((one) => one === errors[field]?.message);
    return key === undefined ? undefined : t(key);
  };
  // The engine's sentence is English in every language: it points into the text, which is no language either.
  const said = refused?.code === "bad_predicate" ? `${refused.message} ${refused.help}`.trim() : undefined;
  const set = (field: "json" | "predicate" | "path" | "key", value: string) => {
    form.setValue(field, value, { shouldDirty: true, shouldValidate: form.formState.isSubmitted });
  };
  switch (values.by) {
    case "rule":
      return values.audience === "" ? null : (
        <Builder {...{ columns, faultOf, sound, onEdit }} audience={values.audience} draft={values.draft} />
      );
    case "text":
      return (
        <TextRule
          label={t("text.rule")}
          hint={t("text.rule.why")}
          value={values.json}
          error={own("json") ?? said}
          onChange={(value) => {
            set("json", value);
          }}
        />
      );
    case "where":
      return (
        <TextRule
          small
          label={t("text.where")}
          hint={t("text.where.why")}
          value={values.predicate}
          error={own("predicate") ?? said}
          onChange={(value) => {
            set("predicate", value);
          }}
        />
      );
    case "members":
      return (
        <FileRule
          path={values.path}
          column={values.key}
          error={own("path") ?? (refused?.code === "bad_file" || refused?.code === "bad_matching" ? refused.message : undefined)}
          onPath={(value) => {
            set("path", value);
          }}
          onColumn={(value) => {
            set("key", value);
          }}
        />
      );
    case "membership":
      return (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody className={styles.words}>
            <MessageBarTitle>{t("kind.membership")}</MessageBarTitle>
            {t("membership.about", { name: values.membership })}
          </MessageBarBody>
          <MessageBarActions>
            <PageLink to="/data" search={{ audience: values.audience }}>
              {t("membership.open")}
            </PageLink>
          </MessageBarActions>
        </MessageBar>
      );
  }
}
