// The fields of a data source: name, files, and how they are read.
import {
  Button,
  Dropdown,
  Field,
  type FieldControlProps,
  Input,
  makeStyles,
  mergeClasses,
  Option,
  Radio,
  RadioGroup,
  tokens,
} from "@fluentui/react-components";
import { DismissRegular, DocumentAddRegular, FolderAddRegular } from "@fluentui/react-icons";
import { Controller, type UseFormReturn, useWatch } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { type Column, useAskNow } from "../../api";
import { Clip } from "../../parts";
import { delimiters, encodings, type SourceForm, sourceFaults, withPaths } from "./form";
import { encodingWords } from "./found";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "20px", border: "none", margin: 0, padding: 0, minWidth: 0 },
  // While the files are read nothing can be changed, and looks so.
  waits: { opacity: 0.6 },
  files: { display: "flex", flexDirection: "column", gap: "4px", margin: 0, padding: 0, listStyleType: "none" },
  file: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
  path: { flexGrow: 1, minWidth: 0 },
  buttons: { display: "flex", gap: "8px", flexWrap: "wrap", marginTop: "4px" },
  section: { display: "flex", flexDirection: "column", gap: "16px" },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400, fontWeight: tokens.fontWeightSemibold },
  about: { margin: "4px 0 0", color: tokens.colorNeutralForeground2 },
  two: { display: "flex", gap: "16px", flexWrap: "wrap", "> *": { flex: "1 1 200px", minWidth: 0 } },
  box: { minWidth: 0, width: "100%" },
});

/** What the fields stand on. */
export interface SourceFieldsProps {
  form: UseFormReturn<SourceForm>;
  /** The columns, where the files were read before; a key is chosen among them. */
  columns: readonly Column[] | null;
  /** Whether all the files are CSV, as far as it is known. */
  csv: boolean;
  disabled: boolean;
}

/** The fields. */
export function SourceFields({ form, columns, csv, disabled }: SourceFieldsProps) {
  const { t } = useTranslation("data");
  const styles = useStyles();
  const words = (fault: string | undefined) => {
    const key = sourceFaults.find((one) => one === fault);
    return key === undefined ? fault : t(key);
  };
  const { errors } = form.formState;
  return (
    <fieldset className={mergeClasses(styles.all, disabled && styles.waits)} disabled={disabled}>
      <Controller
        control={form.control}
        name="name"
        render={({ field }) => (
          <Field label={t("pane.name")} required hint={t("pane.name.hint")} validationMessage={words(errors.name?.message)}>
            <Input {...field} autoComplete="off" />
          </Field>
        )}
      />
      <Paths form={form} error={words(errors.paths?.message)} />
      <div className={styles.section}>
        <div>
          <h3 className={styles.title}>{t("pane.reading")}</h3>
          <p className={styles.about}>{t(csv ? "pane.reading.auto" : "pane.csvOnly")}</p>
        </div>
        {csv && <Csv form={form} />}
        <Key form={form} columns={columns} />
        <Memberships form={form} />
      </div>
    </fieldset>
  );
}

/** What a group of controls may take of a field: it is named and described, and cannot be required itself. */
function named(field: FieldControlProps): FieldControlProps {
  const { id, "aria-labelledby": labelledBy, "aria-describedby": describedBy } = field;
  return { id, "aria-labelledby": labelledBy, "aria-describedby": describedBy };
}

function Paths({ form, error }: { form: UseFormReturn<SourceForm>; error: string | undefined }) {
  const { t } = useTranslation("data");
  const ask = useAskNow();
  const styles = useStyles();
  const paths = useWatch({ control: form.control, name: "paths" });
  const put = (changed: string[], name?: string) => {
    form.setValue("paths", changed, { shouldDirty: true, shouldValidate: changed.length > 0 });
    if (name !== undefined) form.setValue("name", name, { shouldDirty: true });
  };
  const browse = async (kind: "data" | "folder") => {
    const chosen = await ask("window_open_files", { kind });
    if (chosen.paths.length === 0) return;
    const changed = withPaths(form.getValues(), chosen.paths);
    put(changed.paths, changed.name);
  };
  return (
    <Field label={t("pane.files")} required hint={t("pane.files.shape")} validationMessage={error}>
      {(field) => (
        <div role="group" {...named(field)}>
          <ul className={styles.files}>
            {paths.map((path) => (
              <li key={path} className={styles.file}>
                <div className={styles.path}>
                  <Clip text={path} />
                </div>
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<DismissRegular />}
                  aria-label={t("pane.files.remove", { file: path })}
                  onClick={() => {
                    put(paths.filter((one) => one !== path));
                  }}
                />
              </li>
            ))}
          </ul>
          <div className={styles.buttons}>
            <Button size="small" icon={<DocumentAddRegular />} onClick={() => void browse("data")}>
              {t("pane.files.addFiles")}
            </Button>
            <Button size="small" icon={<FolderAddRegular />} onClick={() => void browse("folder")}>
              {t("pane.files.addFolder")}
            </Button>
          </div>
        </div>
      )}
    </Field>
  );
}

function Csv({ form }: { form: UseFormReturn<SourceForm> }) {
  const { t } = useTranslation("data");
  const styles = useStyles();
  return (
    <>
      <div className={styles.two}>
        <Controller
          control={form.control}
          name="delimiter"
          render={({ field }) => (
            <Choice
              label={t("pane.delimiter")}
              value={field.value}
              onChange={field.onChange}
              choices={[["", t("pane.detect")], ...delimiters.map(([sign, word]) => [sign, t(`pane.delimiter.${word}`)] as const)]}
            />
          )}
        />
        <Controller
          control={form.control}
          name="encoding"
          render={({ field }) => (
            <Choice
              label={t("pane.encoding")}
              value={field.value}
              onChange={field.onChange}
              choices={[["", t("pane.detect")], ...encodings.map((label) => [label, encodingWords(label)] as const)]}
            />
          )}
        />
      </div>
      <Controller
        control={form.control}
        name="noHeader"
        render={({ field }) => (
          <Field label={t("pane.header")}>
            <RadioGroup
              layout="horizontal"
              value={field.value ? "no" : "yes"}
              onChange={(_, { value }) => {
                field.onChange(value === "no");
              }}
            >
              <Radio value="yes" label={t("pane.header.yes")} />
              <Radio value="no" label={t("pane.header.no")} />
            </RadioGroup>
          </Field>
        )}
      />
    </>
  );
}

/** Empty values cannot be options of a drop-down; this stands for them. */
const DETECT = "detect";

interface ChoiceProps {
  label: string;
  hint?: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly (readonly [string, string])[];
}

function Choice({ label, hint, value, onChange, choices }: ChoiceProps) {
  const styles = useStyles();
  // What is stored and not offered stays in view.
  const offered = choices.some(([one]) => one === value) ? choices : [...choices, [value, value] as const];
  return (
    <Field label={label} hint={hint}>
      <Dropdown
        className={styles.box}
        value={offered.find(([one]) => one === value)?.[1] ?? value}
        selectedOptions={[value === "" ? DETECT : value]}
        onOptionSelect={(_, { optionValue }) => {
          onChange(optionValue === DETECT || optionValue === undefined ? "" : optionValue);
        }}
      >
        {offered.map(([one, words]) => (
          <Option key={one} value={one === "" ? DETECT : one}>
            {words}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}

function Key({ form, columns }: { form: UseFormReturn<SourceForm>; columns: readonly Column[] | null }) {
  const { t } = useTranslation("data");
  return (
    <Controller
      control={form.control}
      name="key"
      render={({ field }) =>
        columns === null ? (
          <Field label={t("pane.key")} hint={t("pane.key.hint")}>
            <Input {...field} placeholder={t("pane.key.detect")} autoComplete="off" />
          </Field>
        ) : (
          <Choice
            label={t("pane.key")}
            hint={t("pane.key.hint")}
            value={field.value}
            onChange={field.onChange}
            choices={[["", t("pane.key.detect")], ...columns.map(({ name }) => [name, name] as const)]}
          />
        )
      }
    />
  );
}

function Memberships({ form }: { form: UseFormReturn<SourceForm> }) {
  const { t } = useTranslation("data");
  const ask = useAskNow();
  const styles = useStyles();
  const path = useWatch({ control: form.control, name: "memberships" });
  const put = (changed: string) => {
    form.setValue("memberships", changed, { shouldDirty: true });
  };
  const browse = async () => {
    const chosen = await ask("window_open_files", { kind: "memberships" });
    if (chosen.paths[0] !== undefined) put(chosen.paths[0]);
  };
  return (
    <Field label={t("pane.memberships")} hint={t("pane.memberships.hint")}>
      {(field) => (
        <div role="group" {...named(field)} className={styles.file}>
          <div className={styles.path}>
            <Clip text={path === "" ? t("pane.memberships.none") : path} />
          </div>
          <Button size="small" onClick={() => void browse()}>
            {t("pane.memberships.choose")}
          </Button>
          {path !== "" && (
            <Button
              size="small"
              appearance="subtle"
              onClick={() => {
                put("");
              }}
            >
              {t("pane.memberships.remove")}
            </Button>
          )}
        </div>
      )}
    </Field>
  );
}
