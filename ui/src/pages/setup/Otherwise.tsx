// What else a key may be that was refused: one of another region, or of the other product.
import { Button, mergeClasses } from "@fluentui/react-components";
import type { UseFormReturn } from "react-hook-form";
import { useTranslation } from "react-i18next";

import type { Failure, Product } from "../../api";
import { PRODUCTS } from "../../parts";
import type { AccountForm } from "./account";
import { type Connecting, mayFitElsewhere } from "./connecting";
import { useSections } from "./styles";

/** What the buttons need. */
export interface OtherwiseProps {
  form: UseFormReturn<AccountForm>;
  connecting: Connecting;
  failure: Failure;
  /** Takes another product; `null`: it stands fast. */
  onProduct: ((product: Product) => void) | null;
}

/** *Try another region* and *Try as …*. */
export function Otherwise({ form, connecting, failure, onProduct }: OtherwiseProps) {
  const { t } = useTranslation("setup");
  const styles = useSections();
  const [product, server] = form.watch(["product", "server"]);
  if (!mayFitElsewhere(failure)) return null;
  const others = onProduct === null ? [] : PRODUCTS.filter((one) => one !== product);
  // Of a server of one's own there are no regions; and each is asked once.
  const regions = product === "ortto" && server.trim() === "" && !connecting.everywhere;
  if (!regions && others.length === 0) return null;
  return (
    <div className={mergeClasses(styles.row, styles.wrap)} role="group" aria-label={t("key.otherwise")}>
      {regions && <Button onClick={connecting.elsewhere}>{t("key.elsewhere")}</Button>}
      {others.map((other) => (
        <Button
          key={other}
          onClick={() => {
            onProduct?.(other);
            // Nothing is asked of a recipient that nobody has agreed to: that comes first.
            form.setFocus("agree");
          }}
        >
          {t("key.as", { product: t(`product.${other}`) })}
        </Button>
      ))}
    </div>
  );
}
