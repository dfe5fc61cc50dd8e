// *Discover*: a tile for each kind of destination.
import { Button, Link, makeStyles, tokens } from "@fluentui/react-components";
import { TextBulletListLtrRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { Product } from "../../api";
import { ProductGlyph, useGuide } from "../../parts";

const useStyles = makeStyles({
  tiles: { display: "grid", gap: "16px", gridTemplateColumns: "repeat(auto-fill, minmax(300px, 376px))" },
  tile: {
    display: "flex",
    flexDirection: "column",
    gap: "12px",
    padding: "20px",
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
    boxSizing: "border-box",
  },
  head: { display: "flex", gap: "12px", alignItems: "center" },
  name: {
    margin: 0,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  quiet: {
    display: "flex",
    gap: "8px",
    alignItems: "center",
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  text: { margin: 0 },
  foot: { display: "flex", gap: "12px", alignItems: "center", justifyContent: "space-between", flexWrap: "wrap", marginTop: "4px" },
});

const PRODUCTS: Product[] = ["autopilot"];

/** The tiles. */
export function Discover({ onSetUp }: { onSetUp: (product: Product) => void }) {
  const { t } = useTranslation(["exports", "words"]);
  const styles = useStyles();
  const guide = useGuide();
  return (
    <div className={styles.tiles}>
      {PRODUCTS.map((product) => (
        <section key={product} className={styles.tile} aria-labelledby={`tile-${product}`}>
          <div className={styles.head}>
            <ProductGlyph product={product} size={40} />
            <div>
              <h2 id={`tile-${product}`} className={styles.name}>
                {t(`tile.${product}.name`)}
              </h2>
              <div className={styles.quiet}>{t(`tile.${product}.category`)}</div>
            </div>
          </div>
          <p className={styles.text}>{t(`tile.${product}.text`)}</p>
          <div className={styles.quiet}>
            <TextBulletListLtrRegular aria-hidden />
            {t(`tile.${product}.becomes`)}
          </div>
          <div className={styles.foot}>
            <Link
              as="button"
              onClick={guide}
            >
              {t("tile.learn", { product: t(`words:product.${product}`) })}
            </Link>
            <Button
              aria-describedby={`tile-${product}`}
              onClick={() => {
                onSetUp(product);
              }}
            >
              {t("tile.setUp")}
            </Button>
          </div>
        </section>
      ))}
    </div>
  );
}
