// The icon of each command of this page.
import {
  AddRegular,
  ArrowExportLtrRegular,
  CalendarClockRegular,
  CopyRegular,
  DeleteRegular,
  EditRegular,
  EyeRegular,
  type FluentIcon,
  PlayMultiple16Regular,
  PlugConnectedRegular,
  PlugDisconnectedRegular,
} from "@fluentui/react-icons";

import type { RowAction } from "./actions";

/** Icons by command. */
export const ICONS: Record<RowAction | "add" | "runAll", FluentIcon> = {
  add: AddRegular,
  edit: EditRegular,
  run: ArrowExportLtrRegular,
  preview: EyeRegular,
  duplicate: CopyRegular,
  schedule: CalendarClockRegular,
  detach: PlugDisconnectedRegular,
  attach: PlugConnectedRegular,
  remove: DeleteRegular,
  runAll: PlayMultiple16Regular,
};
