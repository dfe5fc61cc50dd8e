// The columns of the list, and which of them leave when the window is narrow: Created first, then the
// connection, which then appears under the name, then the schedule; where text is twice as large, type and time
// leave too.
import { makeStyles, tokens } from "@fluentui/react-components";

const WIDE = "@media (max-width: 1239px)";
/** Where only name and status have room. */
export const NARROW = "(max-width: 799px)";
const NARROWEST = `@media ${NARROW}` as const;
const SLIM = "@media (max-width: 919px)";
const MIDDLE = "@media (max-width: 1079px)";

/** The columns of the list. */
export const useGrid = makeStyles({
  table: { width: "100%", tableLayout: "fixed", borderCollapse: "separate", borderSpacing: 0, textAlign: "start" },
  cell: { padding: "4px 8px", boxSizing: "border-box", verticalAlign: "middle", textAlign: "start", overflow: "hidden" },
  check: { width: "48px", paddingInlineStart: "8px" },
  name: {},
  type: { width: "112px", [NARROWEST]: { display: "none" } },
  status: { width: "264px", [NARROWEST]: { width: "50%" } },
  refreshed: { width: "100px", [NARROWEST]: { display: "none" } },
  schedule: { width: "124px", [SLIM]: { display: "none" } },
  connection: { width: "136px", [MIDDLE]: { display: "none" } },
  created: { width: "100px", [WIDE]: { display: "none" } },
  /** Shown only where the column of the connection is not. */
  narrow: { display: "none", [MIDDLE]: { display: "block" } },
  quiet: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
});
