// A rule or condition as text, in one width of letter, with what the engine says about it underneath.
import { Field, makeStyles, Textarea, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  text: {
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
    minHeight: "260px",
  },
  small: { minHeight: "120px" },
  error: { fontFamily: tokens.fontFamilyMonospace, whiteSpace: "pre-wrap", overflowWrap: "anywhere" },
});

/** What the editor shows and tells. */
export interface TextRuleProps {
  label: string;
  /** Why it is text. */
  hint: string;
  value: string;
  onChange: (value: string) => void;
  /** In the user's language, or the engine's own sentence. */
  error: string | undefined;
  /** Whether a condition of a line or two is expected. */
  small?: boolean;
}

/** The editor. */
export function TextRule({ label, hint, value, onChange, error, small = false }: TextRuleProps) {
  const styles = useStyles();
  return (
    <Field
      label={label}
      required
      hint={hint}
      validationState={error === undefined ? "none" : "error"}
      validationMessage={error === undefined ? undefined : <span className={styles.error}>{error}</span>}
    >
      <Textarea
        resize="vertical"
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        textarea={{ className: small ? `${styles.text} ${styles.small}` : styles.text }}
        value={value}
        onChange={(_, data) => {
          onChange(data.value);
        }}
      />
    </Field>
  );
}
