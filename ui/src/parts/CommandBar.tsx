// The commands of a page. What has no room goes into `…`; what cannot be done now says why.
import {
  Button,
  makeStyles,
  MenuItem,
  MenuList,
  Overflow,
  OverflowItem,
  ToolbarDivider,
  tokens,
  useIsOverflowItemVisible,
  useOverflowMenu,
} from "@fluentui/react-components";
import { MoreHorizontal20Regular } from "@fluentui/react-icons";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

import { ButtonMenu } from "./ButtonMenu";
import { useKeyWords } from "./Keys";
import { shortcuts, type ShortcutId } from "./shortcuts";
import { useTip } from "./tip";

/** A command of a page. */
export interface PageCommand {
  id: string;
  /** Its words on the bar. */
  text: string;
  icon: ReactElement;
  /** Why it cannot be done now; empty or absent where it can. */
  why?: string | undefined;
  shortcut?: ShortcutId | undefined;
  /** Whether a line stands before it. */
  apart?: boolean | undefined;
  /** The higher, the longer it keeps its place; the default is by order. */
  priority?: number | undefined;
  run: () => void;
}

const useStyles = makeStyles({
  bar: {
    display: "flex",
    alignItems: "center",
    gap: "2px",
    minHeight: "44px",
    padding: "0 12px",
    overflow: "hidden",
    boxSizing: "border-box",
    minWidth: 0,
  },
  item: { flexShrink: 0, display: "flex", alignItems: "center" },
  button: { minWidth: 0, whiteSpace: "nowrap", fontWeight: tokens.fontWeightRegular },
  icon: { color: tokens.colorBrandForeground1 },
  divider: { height: "24px", flexGrow: 0 },
});

/** What a bar shows. */
export interface CommandBarProps {
  commands: readonly PageCommand[];
}

/** The command bar. */
export function CommandBar({ commands }: CommandBarProps) {
  const styles = useStyles();
  return (
    <Overflow minimumVisible={1} padding={24}>
      <div className={styles.bar} role="toolbar">
        {commands.map((command, index) => (
          <OverflowItem key={command.id} id={command.id} priority={command.priority ?? commands.length - index}>
            <div className={styles.item}>
              {command.apart === true && <ToolbarDivider className={styles.divider} />}
              <CommandButton command={command} />
            </div>
          </OverflowItem>
        ))}
        <MoreCommands commands={commands} />
      </div>
    </Overflow>
  );
}

function CommandButton({ command: { text, icon, why, shortcut, run } }: { command: PageCommand }) {
  const styles = useStyles();
  const words = useKeyWords();
  const off = why !== undefined && why !== "";
  const hint = off ? why : shortcut === undefined ? null : words(shortcuts[shortcut]);
  const { on, tip } = useTip(() => hint);
  return (
    <>
      <Button
        {...on}
        appearance="subtle"
        className={styles.button}
        icon={{ children: icon, className: off ? undefined : styles.icon }}
        disabledFocusable={off}
        aria-description={hint ?? undefined}
        onClick={off ? undefined : run}
      >
        {text}
      </Button>
      {tip}
    </>
  );
}

function MoreCommands({ commands }: { commands: readonly PageCommand[] }) {
  const { t } = useTranslation("frame");
  const { ref, isOverflowing } = useOverflowMenu<HTMLButtonElement>();
  if (!isOverflowing) return null;
  return (
    <ButtonMenu ref={ref} appearance="subtle" icon={<MoreHorizontal20Regular />} label={t("more")}>
      <MenuList>
        {commands.map((command) => (
          <HiddenCommand key={command.id} command={command} />
        ))}
      </MenuList>
    </ButtonMenu>
  );
}

function HiddenCommand({ command }: { command: PageCommand }) {
  const visible = useIsOverflowItemVisible(command.id);
  if (visible) return null;
  return <CommandItem command={command} />;
}

/** A command in a menu, for example behind the ellipsis of a row. */
export function CommandItem({ command: { text, icon, why, run } }: { command: PageCommand }) {
  const off = why !== undefined && why !== "";
  const { on, tip } = useTip(() => (off ? why : null), "after");
  return (
    <>
      <MenuItem {...on} icon={icon} disabled={off} aria-description={off ? why : undefined} onClick={off ? undefined : run}>
        {text}
      </MenuItem>
      {tip}
    </>
  );
}
