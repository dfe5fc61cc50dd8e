// A green tick: something is done, and what it found.
import { Button, makeStyles, tokens } from "@fluentui/react-components";
import { CheckmarkCircleFilled } from "@fluentui/react-icons";

const useStyles = makeStyles({
  row: { display: "flex", alignItems: "flex-start", gap: "10px" },
  icon: { flexShrink: 0, fontSize: "20px", color: tokens.colorStatusSuccessForeground1 },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: "anywhere" },
  title: { fontWeight: tokens.fontWeightSemibold },
  text: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  button: { flexShrink: 0 },
});

/** What a tick says. */
export interface TickProps {
  title: string;
  text: string;
  /** The button that takes it back or does it anew. */
  action?: { label: string; press: () => void };
}

/** A green tick. */
export function Tick({ title, text, action }: TickProps) {
  const styles = useStyles();
  return (
    <div className={styles.row} role="status">
      <CheckmarkCircleFilled className={styles.icon} aria-hidden />
      <div className={styles.words}>
        <div className={styles.title}>{title}</div>
        <div className={styles.text}>{text}</div>
      </div>
      {action !== undefined && (
        <Button className={styles.button} size="small" onClick={action.press}>
          {action.label}
        </Button>
      )}
    </div>
  );
}
