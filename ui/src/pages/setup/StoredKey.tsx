// A key that is stored: it is never shown, not even its last letters.
import { Button, Field, makeStyles, tokens } from "@fluentui/react-components";
import { LockClosedRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

const useStyles = makeStyles({
  box: {
    justifyContent: "flex-start",
    width: "100%",
    maxWidth: "none",
    fontWeight: tokens.fontWeightRegular,
    color: tokens.colorNeutralForeground2,
    paddingInline: "12px",
  },
});

/** The box of a stored key; pressing it changes the key. */
export function StoredKey({ vendor, onChange }: { vendor: string; onChange: () => void }) {
  const { t } = useTranslation("setup");
  const styles = useStyles();
  return (
    <Field label={{ children: t("key", { vendor }), weight: "semibold" }} hint={t("key.stored")}>
      <Button className={styles.box} icon={<LockClosedRegular />} onClick={onChange}>
        {t("key.hidden")}
      </Button>
    </Field>
  );
}
