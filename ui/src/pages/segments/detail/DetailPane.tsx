// A segment to look at: how large it is and was, who is in it, who uses it.
import { Button, makeStyles, Skeleton, SkeletonItem, tokens } from "@fluentui/react-components";
import { EditRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import { type SegmentDetail, useAsk } from "../../../api";
import { Clip, CopyButton, CopyCommand, ErrorBar, later, PageLink, Pane, PaneSkeleton, quoted } from "../../../parts";
import { useFormat } from "../../../parts/format";
import { MembersTable } from "./MembersTable";
import { RuleWords } from "./RuleWords";

// The chart is not needed before a segment is looked at.
const SizeChart = later(async () => (await import("./SizeChart")).default, ["segments"], ChartSkeleton);

const useStyles = makeStyles({
  all: { display: "flex", flexDirection: "column", gap: "24px", minWidth: 0 },
  figures: { display: "flex", gap: "32px", flexWrap: "wrap", margin: 0 },
  figure: { display: "flex", flexDirection: "column-reverse", minWidth: 0 },
  number: {
    margin: 0,
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
    fontVariantNumeric: "tabular-nums",
  },
  term: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  title: {
    margin: "0 0 8px",
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
  uses: { margin: 0, paddingLeft: "20px" },
  none: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** What the pane is for. */
export interface DetailPaneProps {
  /** The segment's id. */
  id: string;
  onEdit: () => void;
  onClose: () => void;
}

/** The pane. */
export function DetailPane({ id, onEdit, onClose }: DetailPaneProps) {
  const { t } = useTranslation("segments");
  const { t: frame } = useTranslation("frame");
  const { data, error, refetch } = useAsk("segment_get", { id });
  return (
    <Pane
      title={data?.row.name ?? t("title")}
      about={data === undefined ? undefined : `${t(`kind.${data.row.kind}`)} · ${t("detail.audience", { name: data.row.audience.name })}`}
      width={736}
      onClose={onClose}
      footer={
        <>
          <Button appearance="primary" icon={<EditRegular />} onClick={onEdit} disabledFocusable={data === undefined}>
            {t("edit")}
          </Button>
          <Button onClick={onClose}>{frame("close")}</Button>
          {data !== undefined && <CopyCommand text={`segue segment count ${quoted(data.row.name)}`} />}
        </>
      }
    >
      {error !== null ? (
        <ErrorBar failure={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <PaneSkeleton />
      ) : (
        <Detail detail={data} />
      )}
    </Pane>
  );
}

function Detail({ detail: { row, rule } }: { detail: SegmentDetail }) {
  const { t } = useTranslation("segments");
  const styles = useStyles();
  const audience = useAsk("audience_get", { id: row.audience.id });
  const sizes = useAsk("segment_sizes", { id: row.id });
  return (
    <div className={styles.all}>
      {audience.error !== null ? (
        <ErrorBar failure={audience.error} onRetry={() => void audience.refetch()} />
      ) : (
        <Figures
          detail={{ row, rule }}
          ready={audience.data !== undefined}
          email={audience.data?.suggestions.fields.find(({ target }) => target === "Email")?.column ?? null}
        />
      )}
      {sizes.error !== null ? (
        <ErrorBar failure={sizes.error} onRetry={() => void sizes.refetch()} />
      ) : sizes.data === undefined ? (
        <ChartSkeleton />
      ) : (
        <SizeChart sizes={sizes.data} />
      )}
      <section>
        <h3 className={styles.title}>{t("detail.rule")}</h3>
        <RuleWords rule={rule} columns={audience.data?.fields ?? []} />
        {rule.kind === "rule" && <CopyButton size="small" label={t("copyRule")} text={rule.rule} />}
      </section>
      <section>
        <h3 className={styles.title}>{t("detail.uses")}</h3>
        {row.used_by.length === 0 ? (
          <p className={styles.none}>{t("usedBy.nobody")}</p>
        ) : (
          <ul className={styles.uses}>
            {row.used_by.map(({ id, name }) => (
              <li key={id}>
                <PageLink to="/exports" search={{ tab: "mine", search: name }}>
                  <Clip text={name} />
                </PageLink>
              </li>
            ))}
          </ul>
        )}
      </section>
      <MembersTable audience={row.audience.id} rule={rule} />
    </div>
  );
}

function Figures({ detail: { row, rule }, ready, email }: { detail: Pick<SegmentDetail, "row" | "rule">; ready: boolean; email: string | null }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  const styles = useStyles();
  const count = useAsk("rule_count", { audience: row.audience.id, rule, email }, { enabled: ready });
  if (count.error !== null) return <ErrorBar failure={count.error} onRetry={() => void count.refetch()} />;
  if (count.data === undefined) {
    return (
      <Skeleton aria-label={t("footer.counting")}>
        <SkeletonItem size={48} />
      </Skeleton>
    );
  }
  const { members, of, with_email: reachable, not_in_audience: strangers } = count.data;
  return (
    <div>
      <dl className={styles.figures}>
        <div className={styles.figure}>
          <dt className={styles.term}>{t("detail.size")}</dt>
          <dd className={styles.number}>{format.number(members)}</dd>
        </div>
        <div className={styles.figure}>
          <dt className={styles.term}>{t("detail.share")}</dt>
          <dd className={styles.number}>{format.percent(of === 0 ? 0 : members / of)}</dd>
        </div>
        {reachable !== null && (
          <div className={styles.figure}>
            <dt className={styles.term}>{t("detail.email")}</dt>
            <dd className={styles.number}>{format.number(reachable)}</dd>
          </div>
        )}
      </dl>
      {reachable === null && <p className={styles.none}>{t("detail.noEmail")}</p>}
      {strangers !== null && strangers > 0 && <p className={styles.none}>{t("notInAudience", { count: strangers })}</p>}
    </div>
  );
}

function ChartSkeleton() {
  const { t } = useTranslation("segments");
  return (
    <Skeleton aria-label={t("chart.title")}>
      <SkeletonItem size={128} />
    </Skeleton>
  );
}
