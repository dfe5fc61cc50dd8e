// The ellipsis of a row: the commands of the bar, for this export alone.
import { MenuDivider, MenuItem, MenuList } from "@fluentui/react-components";
import { MoreVertical16Regular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { ExportRow } from "../../api";
import { ButtonMenu, CommandItem, useCopyCommand } from "../../parts";
import { actionsOn, type RowAction, whyNot } from "./actions";
import { ICONS } from "./icons";

/** What the menu needs. */
export interface RowMenuProps {
  row: ExportRow;
  onAction: (action: RowAction, row: ExportRow) => void;
}

/** The menu of a row. */
export function RowMenu({ row, onAction }: RowMenuProps) {
  const { t } = useTranslation("frame");
  return (
    <ButtonMenu
      appearance="transparent"
      size="small"
      icon={<MoreVertical16Regular />}
      label={t("more.actionsOf", { name: row.name })}
      hint={t("more.actions")}
    >
      <Actions row={row} onAction={onAction} />
    </ButtonMenu>
  );
}

function Actions({ row, onAction }: RowMenuProps) {
  const { t } = useTranslation("exports");
  const copy = useCopyCommand();
  return (
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
  );
}
