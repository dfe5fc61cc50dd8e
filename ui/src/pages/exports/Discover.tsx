// *Discover*: a tile for each kind of destination, and which of them somebody has.
import { Button, Link, makeStyles, tokens } from "@fluentui/react-components";
import { TagRegular, TextBulletListLtrRegular } from "@fluentui/react-icons";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import type { Product } from "../../api";
import { PRODUCTS, ProductGlyph, useGuide } from "../../parts";
import { WhichOne } from "./WhichOne";

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "32px" },
  tiles: { display: "grid", gap: "16px", gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 300px), 376px))" },
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
  text: { margin: 0, flexGrow: 1 },
  foot: { display: "flex", gap: "12px", alignItems: "center", justifyContent: "space-between", flexWrap: "wrap", marginTop: "4px" },
});

/** What a segment becomes, as a drawing. */
const BECOMES = { ortto: TagRegular, autopilot: TextBulletListLtrRegular } as const;

/** What the tab needs. */
export interface DiscoverProps {
  /** What is looked for; empty for all. */
  search: string;
  onClear: () => void;
  onSetUp: (product: Product) => void;
}

/** The tiles that fit the search, and under all of them which one somebody has. */
export function Discover({ search, onClear, onSetUp }: DiscoverProps) {
  const { t } = useTranslation(["exports", "words"]);
  const styles = useStyles();
  // Ortto is what Autopilot became, and whoever looks for either name may mean the other.
  const names = PRODUCTS.map((product) => t(`words:product.${product}`)).join(" ");
  const piece = search.trim().toLocaleLowerCase();
  const shown = PRODUCTS.filter((product) =>
    [names, ...(["name", "category", "text", "becomes"] as const).map((part) => t(`tile.${product}.${part}`))].some((text) =>
      text.toLocaleLowerCase().includes(piece),
    ),
  );
  if (shown.length === 0) {
    return (
      <p className={styles.text} role="status">
        {t("noMatch.destination", { search })}{" "}
        <Link as="button" inline onClick={onClear}>
          {t("noMatch.clear")}
        </Link>
      </p>
    );
  }
  return (
    <div className={styles.all}>
      <div className={styles.tiles}>
        {shown.map((product) => (
          <Tile key={product} product={product} onSetUp={onSetUp} />
        ))}
      </div>
      {shown.length === PRODUCTS.length && <WhichOne />}
    </div>
  );
}

/** The tile of a product. */
function Tile({ product, onSetUp }: Pick<DiscoverProps, "onSetUp"> & { product: Product }) {
  const { t } = useTranslation(["exports", "words"]);
  const styles = useStyles();
  const guide = useGuide();
  const id = useId();
  const Becomes = BECOMES[product];
  return (
    <section className={styles.tile} aria-labelledby={`${id}name`}>
      <div className={styles.head}>
        <ProductGlyph product={product} size={40} />
        <div>
          <h2 id={`${id}name`} className={styles.name}>
            {t(`tile.${product}.name`)}
          </h2>
          <div className={styles.quiet}>{t(`tile.${product}.category`)}</div>
        </div>
      </div>
      <p className={styles.text}>{t(`tile.${product}.text`)}</p>
      <div className={styles.quiet}>
        <Becomes aria-hidden />
        {t(`tile.${product}.becomes`)}
      </div>
      <div className={styles.foot}>
        <Link as="button" onClick={guide}>
          {t("tile.learn", { product: t(`words:product.${product}`) })}
        </Link>
        <Button
          id={`${id}setUp`}
          // Two buttons are called the same: each is that of its tile.
          aria-labelledby={`${id}setUp ${id}name`}
          onClick={() => {
            onSetUp(product);
          }}
        >
          {t("tile.setUp")}
        </Button>
      </div>
    </section>
  );
}
