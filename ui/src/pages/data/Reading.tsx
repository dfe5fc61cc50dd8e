// Files are being read: a bar, and what is known meanwhile. The engine does not say how far it is.
import { makeStyles, ProgressBar, tokens } from "@fluentui/react-components";
import { useEffect, useState } from "react";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "6px" },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold, overflowWrap: "anywhere" },
  known: {
    margin: 0,
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});

/** What is shown. */
export interface ReadingProps {
  title: string;
  /** What is known, with the seconds so far. */
  known: (seconds: number) => string;
}

/** The bar. */
export function Reading({ title, known }: ReadingProps) {
  const styles = useStyles();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const began = Date.now();
    const timer = setInterval(() => {
      setSeconds(Math.round((Date.now() - began) / 1000));
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return (
    <div className={styles.all}>
      <p className={styles.title} role="status">
        {title}
      </p>
      <ProgressBar aria-label={title} thickness="large" />
      <p className={styles.known}>{known(seconds)}</p>
    </div>
  );
}
