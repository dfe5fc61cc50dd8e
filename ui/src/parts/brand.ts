// The colours of the window: Fluent's themes on our own ramp, with one font.
import {
  type BrandVariants,
  createDarkTheme,
  createLightTheme,
  teamsHighContrastTheme,
  type Theme,
} from "@fluentui/react-components";

const ramp: BrandVariants = {
  10: "#061724",
  20: "#082338",
  30: "#0a2e4a",
  40: "#0c3b5e",
  50: "#0e4775",
  60: "#0f548c",
  70: "#115ea3",
  80: "#0f6cbd",
  90: "#2886de",
  100: "#479ef5",
  110: "#62abf5",
  120: "#77b7f7",
  130: "#96c6fa",
  140: "#b4d6fa",
  150: "#cfe4fa",
  160: "#ebf3fc",
};

/** The font that comes with the program, as font.css has it. */
export const ownFont = "Noto Sans Variable";

// Where there is no Segoe UI, asking the system for it takes longer than all that is written on the first page.
const windows = navigator.userAgent.includes("Windows");
const fontFamilyBase = `${windows ? "'Segoe UI', 'Segoe UI Variable', " : ""}'${ownFont}', sans-serif`;

/** A look of the window. */
export type Look = "light" | "dark" | "high_contrast";

/** The theme of each look. */
export const themes: Record<Look, Theme> = {
  light: { ...createLightTheme(ramp), fontFamilyBase },
  dark: { ...createDarkTheme(ramp), fontFamilyBase },
  high_contrast: { ...teamsHighContrastTheme, fontFamilyBase },
};

/** The header's background: dark in every look. */
export const headerColour: Record<Look, string> = { light: "#082338", dark: "#0a1a27", high_contrast: "#000000" };
