// The classes of a run: one order, one colour and one icon everywhere.
import { tokens } from "@fluentui/react-components";
import {
  Circle16Regular,
  DismissCircle16Regular,
  DocumentCopy16Regular,
  EqualCircle16Regular,
  type FluentIcon,
  PersonAdd16Regular,
  PersonProhibited16Regular,
  PersonSubtract16Regular,
  PersonSync16Regular,
  PersonWarning16Regular,
} from "@fluentui/react-icons";

/** A class of profiles. */
export type Class =
  | "created"
  | "updated"
  | "unchanged"
  | "invalid"
  | "duplicate"
  | "excluded"
  | "rejected"
  | "not_attempted";

/** All classes in their order. */
export const CLASSES: readonly Class[] = [
  "created",
  "updated",
  "unchanged",
  "invalid",
  "duplicate",
  "excluded",
  "rejected",
  "not_attempted",
];

/** The pattern that tells a class apart where colours are the system's. */
export type Pattern = "solid" | "lines" | "steep" | "dots" | "grid" | "none" | "dense" | "dashes" | "wide";

/** How a class looks. */
export interface ClassLook {
  fill: string;
  Icon: FluentIcon;
  pattern: Pattern;
}

/** How each class looks; leavers stand apart, under the name `left`. */
export const classLooks: Record<Class | "left", ClassLook> = {
  created: { fill: tokens.colorBrandBackground, Icon: PersonAdd16Regular, pattern: "solid" },
  updated: { fill: tokens.colorPaletteTealBorderActive, Icon: PersonSync16Regular, pattern: "lines" },
  unchanged: { fill: tokens.colorNeutralStroke1, Icon: EqualCircle16Regular, pattern: "none" },
  invalid: { fill: tokens.colorPaletteMarigoldBorderActive, Icon: PersonWarning16Regular, pattern: "steep" },
  duplicate: { fill: tokens.colorPalettePlatinumBorderActive, Icon: DocumentCopy16Regular, pattern: "dots" },
  excluded: { fill: tokens.colorPaletteBrownBorderActive, Icon: PersonProhibited16Regular, pattern: "grid" },
  rejected: { fill: tokens.colorPaletteRedBorderActive, Icon: DismissCircle16Regular, pattern: "dense" },
  not_attempted: { fill: tokens.colorNeutralBackground3, Icon: Circle16Regular, pattern: "dashes" },
  left: { fill: tokens.colorPaletteGrapeBorderActive, Icon: PersonSubtract16Regular, pattern: "wide" },
};
