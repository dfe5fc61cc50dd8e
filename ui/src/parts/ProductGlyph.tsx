// What a product makes of a segment, as a glyph of our own: lines are a list, a tag is a tag.
import { makeStyles, tokens } from "@fluentui/react-components";
import { List16Filled, List24Filled, Tag16Filled, Tag24Filled } from "@fluentui/react-icons";

import type { Product } from "../api";

const useStyles = makeStyles({
  glyph: {
    display: "inline-flex",
    alignItems: "center",
    justifyContent: "center",
    flexShrink: 0,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorTransparentStroke}`,
    boxSizing: "border-box",
  },
  autopilot: {
    backgroundColor: tokens.colorPaletteTealBackground2,
    color: tokens.colorPaletteTealForeground2,
  },
  ortto: {
    backgroundColor: tokens.colorPaletteGrapeBackground2,
    color: tokens.colorPaletteGrapeForeground2,
  },
});

/** The drawings, small and large. */
const DRAWN = { autopilot: [List16Filled, List24Filled], ortto: [Tag16Filled, Tag24Filled] } as const;

/** The glyph of a product; its name always stands beside it. */
export function ProductGlyph({ product, size = 24 }: { product: Product; size?: number }) {
  const styles = useStyles();
  const Drawn = DRAWN[product][size > 30 ? 1 : 0];
  return (
    <span className={`${styles.glyph} ${styles[product]}`} style={{ width: size, height: size }} aria-hidden>
      <Drawn />
    </span>
  );
}
