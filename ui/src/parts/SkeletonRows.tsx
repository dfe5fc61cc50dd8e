// Lines in place of what is being read.
import { makeStyles, Skeleton, SkeletonItem } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

const useStyles = makeStyles({ rows: { display: "flex", flexDirection: "column", gap: "20px", padding: "16px 0" } });

/** So many lines. */
export function SkeletonRows({ count = 4 }: { count?: number }) {
  const styles = useStyles();
  const { t } = useTranslation("frame");
  return (
    <Skeleton className={styles.rows} aria-label={t("loading")}>
      {Array.from({ length: count }, (_, index) => (
        <SkeletonItem key={index} size={16} />
      ))}
    </Skeleton>
  );
}
