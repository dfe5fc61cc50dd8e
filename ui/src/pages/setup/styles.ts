// What both steps of the pane look like.
import { makeStyles, tokens } from "@fluentui/react-components";

/** Styles of the pane's sections. */
export const useSections = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "14px", minWidth: 0 },
  section: { display: "flex", flexDirection: "column", gap: "6px", minWidth: 0 },
  ruled: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: "12px" },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  text: { margin: 0, fontSize: tokens.fontSizeBase300, lineHeight: tokens.lineHeightBase300 },
  hint: {
    margin: 0,
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  required: { color: tokens.colorPaletteRedForeground1 },
  row: { display: "flex", alignItems: "center", gap: "8px", minWidth: 0 },
  wrap: { flexWrap: "wrap" },
  link: { fontSize: "inherit", lineHeight: "inherit" },
  // Lines up with what stands above it, not with its own inner edge.
  flush: { paddingInlineStart: 0, minWidth: 0 },
  grow: { flexGrow: 1, minWidth: 0 },
  why: {
    display: "flex",
    alignItems: "center",
    gap: "6px",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});
