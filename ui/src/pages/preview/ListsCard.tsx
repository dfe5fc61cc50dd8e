// The lists of a preview: made or there already, who joins and who leaves.
import { useTranslation } from "react-i18next";

import type { PreviewView, Product } from "../../api";
import { Card, Clip, FigureTable, tagged, useFormat } from "../../parts";

/** The card of the lists. */
export function ListsCard({ view, product }: { view: PreviewView; product: Product | null | undefined }) {
  const { t } = useTranslation("preview");
  const format = useFormat();
  const context = tagged(product);
  const title = t("listsCard", { account: view.connection.name, context });
  if (view.preview.lists.length === 0) return null;
  return (
    <Card title={title}>
      <FigureTable
        label={title}
        first={{ title: t("listsCard.list", { context }), width: "32%", name: (list) => list.title }}
        minWidth="520px"
        rows={view.preview.lists}
        id={(list) => list.title}
        columns={[
          {
            id: "state",
            title: t("listsCard.state"),
            words: true,
            cell: (list) => <Clip text={list.exists ? t("listsCard.exists") : t("listsCard.new")} />,
          },
          {
            id: "members",
            title: t("listsCard.members"),
            cell: (list) => (list.exists ? format.number(list.members) : "–"),
          },
          { id: "joining", title: t("listsCard.joining"), cell: (list) => format.number(list.joining) },
          { id: "leaving", title: t("listsCard.leaving"), cell: (list) => format.number(list.leaving) },
        ]}
      />
    </Card>
  );
}
