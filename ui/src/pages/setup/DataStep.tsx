// Step 2 of the pane: data matching on the left, segments and what follows from them on the right.
import { makeStyles, tokens } from "@fluentui/react-components";
import { useEffect, useEffectEvent } from "react";
import type { UseFormReturn } from "react-hook-form";

import { type AudienceDetail, type Product, useAsk } from "../../api";
import { useCounting } from "./counting";
import { type DataForm, LIMIT, onlyIf, toNumber } from "./draft";
import { Leavers, MoreSettings } from "./Leavers";
import { EMAIL, suggestedRows } from "./matching";
import { Matching } from "./Matching";
import { OnlyYes } from "./OnlyYes";
import { useAccount } from "./reading";
import { Segments } from "./Segments";
import { useSections } from "./styles";
import { TagHelp } from "./TagHelp";
import { TotalCard } from "./TotalCard";

const useStyles = makeStyles({
  columns: {
    display: "grid",
    gap: "24px",
    gridTemplateColumns: "minmax(0, 1fr)",
    "@media (min-width: 948px)": { gridTemplateColumns: "minmax(0, 1fr) minmax(0, 1fr)" },
  },
  right: {
    "@media (min-width: 948px)": {
      borderLeft: `1px solid ${tokens.colorNeutralStroke2}`,
      paddingLeft: "24px",
    },
  },
});

/** What step 2 needs. */
export interface DataStepProps {
  form: UseFormReturn<DataForm>;
  /** The id of the connection. */
  connection: string;
  product: Product;
  vendor: string;
  /** Whether the export is stored already: its audience stands fast. */
  stored: boolean;
}

/** Step 2. */
export function DataStep({ form, connection, product, vendor, stored }: DataStepProps) {
  const sections = useSections();
  const styles = useStyles();
  const [id, rows, segments, limit] = form.watch(["audience", "matching", "segments", "limit"]);
  const consent = onlyIf({
    onlyYes: form.watch("onlyYes"),
    consentColumn: form.watch("consentColumn"),
    consentValue: form.watch("consentValue"),
  });
  const { data: audiences } = useAsk("audience_list", {});
  const { data: audience } = useAsk("audience_get", { id }, { enabled: id !== "" });
  const account = useAccount(connection);
  const email = rows.find((row) => row.target === EMAIL)?.column ?? "";
  const counting = useCounting(
    id === "" || email === "" || segments.length === 0
      ? null
      : { audience: id, email, segments: segments.map((segment) => segment.id), only_if: consent },
  );
  const choose = (to: string, byHand: boolean) => {
    const options = { shouldDirty: byHand };
    form.setValue("audience", to, options);
    // What belonged to the former audience means nothing in another one.
    form.setValue("matching", [], options);
    form.setValue("segments", [], options);
    form.setValue("onlyYes", false, options);
    form.setValue("consentColumn", "", options);
    form.setValue("consentValue", "", options);
  };
  const only = audiences?.length === 1 ? audiences[0]?.id : undefined;
  const chooseOnly = useEffectEvent((one: string) => {
    if (form.getValues("audience") === "") choose(one, false);
  });
  useEffect(() => {
    if (only !== undefined) chooseOnly(only);
  }, [only]);
  const suggest = useEffectEvent((of: AudienceDetail) => {
    if (of.row.id === form.getValues("audience") && form.getValues("matching").length === 0) {
      form.setValue("matching", suggestedRows(product, of.suggestions));
    }
  });
  useEffect(() => {
    if (audience !== undefined) suggest(audience);
  }, [audience]);
  return (
    <div className={styles.columns}>
      <Matching
        form={form}
        audiences={audiences}
        audience={audience}
        account={account}
        vendor={vendor}
        fixed={stored}
        onAudience={(to) => {
          choose(to, true);
        }}
      />
      <div className={`${sections.form} ${styles.right}`}>
        {id !== "" && <Segments form={form} audience={id} shape={account.shape} product={product} vendor={vendor} />}
        {product === "ortto" && <TagHelp segments={segments} shape={account.shape} />}
        <TotalCard
          counting={counting}
          limit={toNumber(limit) ?? LIMIT}
          segments={segments}
          hasEmail={email !== ""}
        />
        <OnlyYes form={form} audience={audience} />
        <Leavers form={form} product={product} />
        <MoreSettings form={form} product={product} />
      </div>
    </div>
  );
}
