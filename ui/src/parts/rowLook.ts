// How a row of a table looks under the pointer and while it is selected. In high contrast Fluent's tints are the
// colour of a highlight, on which the words of the cells would not be read: there it is a frame.
import { makeStyles, tokens } from "@fluentui/react-components";

import { useLook } from "./look";

const useTints = makeStyles({
  row: { ":hover": { backgroundColor: tokens.colorSubtleBackgroundHover } },
  selected: {
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    ":hover": { backgroundColor: tokens.colorSubtleBackgroundSelected },
    "@media (forced-colors: active)": { outline: "1px solid Highlight", outlineOffset: "-1px" },
  },
});

const useFrames = makeStyles({
  row: { ":hover": { outline: `1px dashed ${tokens.colorNeutralForeground1}`, outlineOffset: "-2px" } },
  selected: {
    outline: `2px solid ${tokens.colorCompoundBrandStroke}`,
    outlineOffset: "-2px",
    ":hover": { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: "-2px" },
  },
});

/** The classes of a row, and of one that is selected. */
export function useRowLook(): { row: string; selected: string } {
  const tints = useTints();
  const frames = useFrames();
  return useLook() === "high_contrast" ? frames : tints;
}
