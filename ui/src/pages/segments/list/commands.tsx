// What can be done with segments: the same on the bar, in the menu of a row and in the palette.
import {
  Add20Regular,
  ArrowClockwise20Regular,
  ArrowDownload20Regular,
  Copy20Regular,
  Delete20Regular,
  Edit20Regular,
  Eye20Regular,
  Rename20Regular,
} from "@fluentui/react-icons";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import type { SegmentRow } from "../../../api";
import type { PageCommand } from "../../../parts";

/** What the page does when a command is chosen. */
export interface Doings {
  add: () => void;
  view: (segment: SegmentRow) => void;
  edit: (segment: SegmentRow) => void;
  refresh: (segments: SegmentRow[]) => void;
  duplicate: (segment: SegmentRow) => void;
  rename: (segment: SegmentRow) => void;
  download: (segment: SegmentRow) => void;
  remove: (segments: SegmentRow[]) => void;
}

/** The commands for some segments; `data` is whether there is a data source. */
export function useSegmentCommands(doings: Doings, data: boolean): (segments: SegmentRow[], bar: boolean) => PageCommand[] {
  const { t } = useTranslation("segments");
  return useCallback((segments, bar) => {
    const [only] = segments;
    const one = segments.length === 1 ? only : undefined;
    const needsOne = one === undefined ? t("needs.one") : undefined;
    const single = (id: "view" | "edit" | "duplicate" | "rename" | "download", icon: PageCommand["icon"], why = needsOne) => ({
      id,
      text: t(id),
      icon,
      why,
      run: () => {
        if (one !== undefined) doings[id](one);
      },
    });
    const several = (id: "refresh" | "remove", icon: PageCommand["icon"]) => ({
      id,
      text: t(id),
      icon,
      why: segments.length === 0 ? t("needs.some") : undefined,
      run: () => {
        doings[id](segments);
      },
    });
    const add: PageCommand = {
      id: "new",
      text: t("new"),
      icon: <Add20Regular />,
      why: data ? undefined : t("needs.data"),
      run: doings.add,
    };
    return [
      ...(bar ? [add] : []),
      { ...single("view", <Eye20Regular />), apart: bar },
      single("edit", <Edit20Regular />),
      several("refresh", <ArrowClockwise20Regular />),
      single("duplicate", <Copy20Regular />, needsOne ?? (one?.kind === "membership" ? t("needs.rule") : undefined)),
      single("rename", <Rename20Regular />),
      single("download", <ArrowDownload20Regular />),
      several("remove", <Delete20Regular />),
    ];
  }, [t, doings, data]);
}
