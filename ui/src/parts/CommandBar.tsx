// The commands of a page. What has no room goes into `…`; what cannot be done now says why.
import {
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Overflow,
  OverflowItem,
  ToolbarDivider,
  tokens,
  Tooltip,
  useIsOverflowItemVisible,
  useOverflowMenu,
} from "@fluentui/react-components";
import { MoreHorizontal20Regular } from "@fluentui/react-icons";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";

import { useKeyWords } from "./Keys";
import { shortcuts, type ShortcutId } from "./shortcuts";

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
  const button = (
    <Button
      appearance="subtle"
      className={styles.button}
      icon={{ children: icon, className: off ? undefined : styles.icon }}
      disabledFocusable={off}
      onClick={off ? undefined : run}
    >
      {text}
    </Button>
  );
  const hint = off ? why : shortcut === undefined ? undefined : words(shortcuts[shortcut]);
  if (hint === undefined) return button;
  return (
    <Tooltip content={hint} relationship="description">
      {button}
    </Tooltip>
  );
}

function MoreCommands({ commands }: { commands: readonly PageCommand[] }) {
  const { t } = useTranslation("frame");
  const { ref, isOverflowing } = useOverflowMenu<HTMLButtonElement>();
  if (!isOverflowing) return null;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content={t("more")} relationship="label">
          <Button ref={ref} appearance="subtle" icon={<MoreHorizontal20Regular />} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {commands.map((command) => (
            <HiddenCommand key={command.id} command={command} />
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
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
  const item = (
    <MenuItem icon={icon} disabled={off} onClick={off ? undefined : run}>
      {text}
    </MenuItem>
  );
  if (!off) return item;
  return (
    <Tooltip content={why} relationship="description" positioning="after">
      {item}
    </Tooltip>
  );
}
