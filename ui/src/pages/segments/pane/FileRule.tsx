// A segment that is a file: which file, and its column with the ids.
import { Button, Field, Input, makeStyles, tokens } from "@fluentui/react-components";
import { FolderOpenRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import { useAskNow } from "../../../api";
import { Clip } from "../../../parts";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "16px" },
  file: { display: "flex", alignItems: "center", gap: "12px", minWidth: 0 },
  path: { minWidth: 0, flexGrow: 1 },
  about: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** What the fields show and tell. */
export interface FileRuleProps {
  path: string;
  column: string;
  onPath: (path: string) => void;
  onColumn: (column: string) => void;
  error: string | undefined;
}

/** The fields for a file of members. */
export function FileRule({ path, column, onPath, onColumn, error }: FileRuleProps) {
  const { t } = useTranslation("segments");
  const ask = useAskNow();
  const styles = useStyles();
  const browse = async () => {
    const { paths } = await ask("window_open_files", { kind: "members" });
    if (paths[0] !== undefined) onPath(paths[0]);
  };
  return (
    <div className={styles.all}>
      <p className={styles.about}>{t("file.about")}</p>
      <Field label={t("file.path")} required validationMessage={error}>
        {({ id, "aria-labelledby": labelledBy, "aria-describedby": describedBy }) => (
          <div role="group" id={id} aria-labelledby={labelledBy} aria-describedby={describedBy} className={styles.file}>
            <Button icon={<FolderOpenRegular />} onClick={() => void browse()}>
              {t("file.browse")}
            </Button>
            <div className={styles.path}>
              <Clip text={path === "" ? t("file.none") : path} />
            </div>
          </div>
        )}
      </Field>
      <Field label={t("file.column")} hint={t("file.column.hint")}>
        <Input
          value={column}
          onChange={(_, data) => {
            onColumn(data.value);
          }}
        />
      </Field>
    </div>
  );
}
