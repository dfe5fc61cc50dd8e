// The initials of whoever runs act under, in a circle.
import { makeStyles, tokens } from "@fluentui/react-components";

import { accountOf } from "../parts/who";

const useStyles = makeStyles({
  circle: {
    display: "inline-flex",
    alignItems: "center",
    justifyContent: "center",
    width: "28px",
    flexShrink: 0,
    height: "28px",
    borderRadius: tokens.borderRadiusCircular,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    boxSizing: "border-box",
    backgroundColor: tokens.colorPaletteLightTealBackground2,
    color: tokens.colorPaletteLightTealForeground2,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    // Drawn, not written: they are no part of what the button is called.
    "::after": { content: "attr(data-initials)" },
  },
});

/** The first letters of the account before the computer: `anna.lind on LAPTOP-7` is `AL`. */
export function initials(user: string): string {
  const account = accountOf(user);
  const names = account.split(/[\s._-]+/u).filter((name) => name !== "");
  const chosen = names.length > 1 ? [names[0], names.at(-1)] : names;
  return chosen.map((name) => (name?.at(0) ?? "").toLocaleUpperCase()).join("");
}

/** The circle; the name stands in the label of the button around it. */
export function Initials({ user }: { user: string }) {
  const styles = useStyles();
  return (
    <span className={styles.circle} data-initials={initials(user)} aria-hidden />
  );
}
