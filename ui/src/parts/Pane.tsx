// A pane from the right, from under the header to the bottom: its title and footer stand, the middle scrolls.
import {
  Button,
  createPresenceComponent,
  DrawerBody,
  DrawerFooter,
  DrawerHeader,
  DrawerHeaderTitle,
  makeStyles,
  motionTokens,
  OverlayDrawer,
  Skeleton,
  SkeletonItem,
  tokens,
  Tooltip,
} from "@fluentui/react-components";
import { Dismiss24Regular } from "@fluentui/react-icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Clip } from "./Clip";
import { useReturnFocus } from "./returnFocus";

// Fluent's own also lets the shadow grow, which takes 25 ms a picture where no card draws.
const Slide = createPresenceComponent(() => {
  const [away, here] = [{ transform: "translateX(100%)" }, { transform: "none" }];
  const duration = motionTokens.durationGentle;
  return {
    enter: { keyframes: [away, here], duration, easing: motionTokens.curveDecelerateMid },
    exit: { keyframes: [here, away], duration, easing: motionTokens.curveAccelerateMin },
  };
});

const useStyles = makeStyles({
  pane: { top: "48px", height: "calc(100% - 48px)", maxWidth: "100vw" },
  header: { padding: "20px 24px 12px" },
  about: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase300 },
  body: { padding: "8px 24px 24px" },
  footer: {
    padding: "12px 24px",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    flexWrap: "wrap",
    alignItems: "center",
    columnGap: "8px",
  },
  skeleton: { display: "flex", flexDirection: "column", gap: "20px", paddingTop: "8px" },
});

/** What a pane consists of. */
export interface PaneProps {
  title: string;
  /** Under the title. */
  about?: ReactNode;
  /** In pixels: 560 where nothing is said, 736 or 1008. */
  width?: number;
  /** Buttons, the primary one first. */
  footer?: ReactNode;
  /** Asked to close, by Esc, a click beside it or the cross: ask `useUnsaved` there. */
  onClose: () => void;
  children?: ReactNode;
}

/** A pane; it is there as long as it is rendered. */
export function Pane({ title, about, width = 560, footer, onClose, children }: PaneProps) {
  const styles = useStyles();
  const { t } = useTranslation("frame");
  useReturnFocus();
  return (
    <OverlayDrawer
      open
      position="end"
      surfaceMotion={{ children: (_, motion) => <Slide {...motion} /> }}
      className={styles.pane}
      style={{ width: `min(${String(width)}px, 100vw)` }}
      onOpenChange={(_event, { open }) => {
        if (!open) onClose();
      }}
    >
      <DrawerHeader className={styles.header}>
        <DrawerHeaderTitle
          action={
            <Tooltip content={t("close")} relationship="label">
              <Button appearance="subtle" icon={<Dismiss24Regular />} onClick={onClose} />
            </Tooltip>
          }
        >
          <Clip text={title} lines={2} />
        </DrawerHeaderTitle>
        {about !== undefined && (
          <div className={styles.about}>{typeof about === "string" ? <Clip text={about} lines={2} /> : about}</div>
        )}
      </DrawerHeader>
      <DrawerBody className={styles.body}>{children}</DrawerBody>
      {footer !== undefined && <DrawerFooter className={styles.footer}>{footer}</DrawerFooter>}
    </OverlayDrawer>
  );
}

/** What stands in a pane until its contents are there. */
export function PaneSkeleton() {
  const styles = useStyles();
  const { t } = useTranslation("frame");
  return (
    <Skeleton className={styles.skeleton} aria-label={t("loading")}>
      {[160, 320, 120, 360, 200].map((width) => (
        <SkeletonItem key={width} style={{ width }} />
      ))}
    </Skeleton>
  );
}
