// The ellipsis of a row: the commands of the bar, for this export alone.
import { Button, Menu, MenuDivider, MenuItem, MenuList, MenuPopover } from "@fluentui/react-components";
import { MoreVertical16Regular } from "@fluentui/react-icons";
import { type RefObject, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { ExportRow } from "../../api";
import { CommandItem, useCopyCommand } from "../../parts";
import { actionsOn, type RowAction, whyNot } from "./actions";
import { ICONS } from "./icons";

/** What the menu needs. */
export interface RowMenuProps {
  row: ExportRow;
  onAction: (action: RowAction, row: ExportRow) => void;
}

/** The menu of a row: a button, and the menu itself only while it is open, for there is one in every row. */
export function RowMenu({ row, onAction }: RowMenuProps) {
  const { t } = useTranslation("frame");
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button
        ref={button}
        appearance="transparent"
        size="small"
        icon={<MoreVertical16Regular />}
        aria-label={t("more.actionsOf", { name: row.name })}
        aria-haspopup="menu"
        aria-expanded={open}
        title={t("more.actions")}
        onClick={() => {
          setOpen((was) => !was);
        }}
      />
      {open && (
        <Opened
          row={row}
          onAction={onAction}
          button={button}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

interface OpenedProps extends RowMenuProps {
  button: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

function Opened({ row, onAction, button, onClose }: OpenedProps) {
  const { t } = useTranslation("exports");
  const copy = useCopyCommand();
  return (
    <Menu
      open
      positioning={{ target: button.current }}
      onOpenChange={(event, { open, type }) => {
        // The button closes what it opened.
        if (open || (event.target instanceof Node && button.current?.contains(event.target))) return;
        onClose();
        if (type === "menuPopoverKeyDown" || type === "menuItemClick") button.current?.focus();
      }}
    >
      <MenuPopover>
        <MenuList>
          {actionsOn([row]).map((action) => {
            const Icon = ICONS[action];
            const why = whyNot(t, action, [row]);
            return (
              <MenuItem
                key={action}
                icon={<Icon />}
                disabled={why !== undefined}
                title={why}
                onClick={() => {
                  onAction(action, row);
                }}
              >
                {t(`command.${action}`)}
              </MenuItem>
            );
          })}
          <MenuDivider />
          <CommandItem command={copy(["export", "run", row.name])} />
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
