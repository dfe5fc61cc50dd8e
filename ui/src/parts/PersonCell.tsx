// A person in a table: name or address first, what else there is under it. The address opens all that is
// known of them.
import { Link, makeStyles, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { Clip } from "./Clip";

const useStyles = makeStyles({
  cell: { display: "flex", flexDirection: "column", minWidth: 0, alignItems: "flex-start" },
  link: { maxWidth: "100%", minWidth: 0, textAlign: "start" },
  under: {
    width: "100%",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  gone: { color: tokens.colorNeutralForeground2 },
});

/** Who it is. */
export interface PersonCellProps {
  /** The address; empty where they were forgotten. */
  email: string;
  /** First and last name, where they are sent. */
  name?: string;
  /** What stands under the address, for example the CustomerId. */
  under?: string;
  onOpen: (email: string) => void;
}

/** The cell. */
export function PersonCell({ email, name = "", under = "", onOpen }: PersonCellProps) {
  const { t } = useTranslation("runs");
  const styles = useStyles();
  const second = name === "" ? under : [email, under].filter((part) => part !== "").join(" · ");
  return (
    <div className={styles.cell}>
      {email === "" ? (
        <span className={styles.gone}>{name === "" ? t("people.noAddress") : name}</span>
      ) : (
        <Link
          as="button"
          type="button"
          className={styles.link}
          // What is called out to a voice control is what is read.
          aria-label={t("people.open", { email: name === "" ? email : `${name}, ${email}` })}
          onClick={() => {
            onOpen(email);
          }}
        >
          <Clip text={name === "" ? email : name} />
        </Link>
      )}
      {second !== "" && <Clip className={styles.under} text={second} />}
    </div>
  );
}
