// The icon of a status. Its word always stands beside it, so the icon itself says nothing.
import { makeStyles, mergeClasses, Spinner, tokens } from "@fluentui/react-components";
import {
  CheckmarkCircle20Regular,
  CircleHint20Regular,
  Clock20Regular,
  DismissCircle20Regular,
  ErrorCircle20Regular,
  HandRight20Regular,
  SkipForwardTab20Regular,
  Warning20Regular,
} from "@fluentui/react-icons";

import type { Status } from "../api";

const useStyles = makeStyles({
  icon: { display: "inline-flex", width: "20px", height: "20px", flexShrink: 0 },
  good: { color: tokens.colorStatusSuccessForeground1 },
  warning: { color: tokens.colorStatusWarningForeground3 },
  bad: { color: tokens.colorStatusDangerForeground1 },
  quiet: { color: tokens.colorNeutralForeground3 },
  brand: { color: tokens.colorBrandForeground1 },
});

/** A status of a run, or a guard that waits for a decision. */
export type AnyStatus = Status | "held";

const icons = {
  queued: { Icon: Clock20Regular, tone: "quiet" },
  successful: { Icon: CheckmarkCircle20Regular, tone: "good" },
  completed_with_errors: { Icon: Warning20Regular, tone: "warning" },
  skipped: { Icon: SkipForwardTab20Regular, tone: "quiet" },
  failed: { Icon: ErrorCircle20Regular, tone: "bad" },
  canceled: { Icon: DismissCircle20Regular, tone: "quiet" },
  not_started: { Icon: CircleHint20Regular, tone: "quiet" },
  held: { Icon: HandRight20Regular, tone: "brand" },
} as const;

/** The icon of a status. */
export function StatusIcon({ status }: { status: AnyStatus }) {
  const styles = useStyles();
  if (status === "processing") {
    return (
      <span className={styles.icon} aria-hidden>
        <Spinner size="extra-tiny" />
      </span>
    );
  }
  const { Icon, tone } = icons[status];
  return (
    <span className={mergeClasses(styles.icon, styles[tone])} aria-hidden>
      <Icon />
    </span>
  );
}
