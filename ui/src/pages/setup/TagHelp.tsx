// What has to be known of tags: what they are called, when they are there, and how an audience is made of one -
// which no program can do for the user (destination-api.md 3.1).
import { Button, makeStyles } from "@fluentui/react-components";
import { ChevronDownRegular, ChevronRightRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { AccountShape } from "../../api";
import { CopyButton, useFormat } from "../../parts";
import type { Chosen } from "./draft";
import { listOf, LONGEST_TAG } from "./lists";
import { useSections } from "./styles";

const useStyles = makeStyles({
  steps: { margin: 0, paddingInlineStart: "20px", display: "flex", flexDirection: "column", gap: "4px" },
  // Names may be long and many.
  tags: { display: "flex", flexWrap: "wrap", gap: "4px", maxHeight: "148px", overflowY: "auto" },
  tag: { minWidth: 0, maxWidth: "100%", overflowWrap: "anywhere" },
});

/** What the help needs. */
export interface TagHelpProps {
  segments: readonly Chosen[];
  shape: AccountShape | undefined;
}

/** The hint under the segments, and the steps behind it once there is a tag to speak of. */
export function TagHelp({ segments, shape }: TagHelpProps) {
  const { t } = useTranslation("setup");
  const sections = useSections();
  const styles = useStyles();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const tags = segments.map((segment) => listOf("ortto", shape, segment, segments).title);
  return (
    <div className={sections.section}>
      <p className={sections.hint}>{t("tag.hint", { most: format.number(LONGEST_TAG) })}</p>
      {tags.length > 0 && (
        <div>
          <Button
            appearance="transparent"
            size="small"
            className={sections.flush}
            icon={open ? <ChevronDownRegular /> : <ChevronRightRegular />}
            aria-expanded={open}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {t("tag.audience", { count: tags.length })}
          </Button>
        </div>
      )}
      {open && tags.length > 0 && (
        <>
          <ol className={styles.steps}>
            {(["open", "filter", "save"] as const).map((step) => (
              <li key={step}>{t(`tag.step.${step}`)}</li>
            ))}
          </ol>
          <p className={sections.hint}>{t("tag.when")}</p>
          <div className={styles.tags}>
            {tags.map((tag) => (
              <div key={tag} className={styles.tag}>
                <CopyButton text={tag} label={t("tag.copy", { tag })} size="small" appearance="outline" />
              </div>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
