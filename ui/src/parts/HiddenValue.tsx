// A secret that is stored: it is never shown, not even its last letters; pressing its box changes it.
import { Button, Field, type FieldProps, makeStyles, tokens } from "@fluentui/react-components";
import { LockClosedRegular } from "@fluentui/react-icons";

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

/** What the field says. */
export interface HiddenValueProps {
  label: FieldProps["label"];
  hint: string;
  /** What stands in the box. */
  text: string;
  onChange: () => void;
}

/** The field in place of the one to type in. */
export function HiddenValue({ label, hint, text, onChange }: HiddenValueProps) {
  const styles = useStyles();
  return (
    <Field label={label} hint={hint}>
      <Button className={styles.box} icon={<LockClosedRegular />} onClick={onChange}>
        {text}
      </Button>
    </Field>
  );
}
