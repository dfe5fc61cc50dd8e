// A box to type in or choose from: as wide as its place, with an arrow that is large enough to be hit (WCAG
// 2.5.8); Fluent's are as wide as twenty letters, with an arrow of 20 pixels.
import { makeStyles } from "@fluentui/react-components";

const useStyles = makeStyles({
  box: { minWidth: 0, width: "100%" },
  // The room for the arrow is not the input's.
  input: { minWidth: 0, width: "100%", textOverflow: "ellipsis" },
  arrow: { minWidth: "24px", minHeight: "24px", alignItems: "center", justifyContent: "center" },
});

/** What a `Combobox` is given, so that it looks so. */
export function useBox() {
  const styles = useStyles();
  return { className: styles.box, input: { className: styles.input }, expandIcon: { className: styles.arrow } };
}
