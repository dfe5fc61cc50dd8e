// What the palette shows for what was typed: commands first, then everything of that name, then a person.
import {
  ArrowExportLtr20Regular,
  DataPie20Regular,
  Database20Regular,
  History20Regular,
  PersonSearch20Regular,
  PlugConnected20Regular,
} from "@fluentui/react-icons";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, use, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Hit, type HitKind, useAsk } from "../api";
import { CommandListContext, type PaletteCommand } from "../parts/commands";
import { useDebounced } from "../parts/debounce";
import { useFormat } from "../parts/format";
import { useScheduleCommands } from "./schedules";

/** A line of the palette. */
export type Entry = PaletteCommand;

/** Lines of one kind. */
export interface Group {
  kind: "commands" | HitKind | "people";
  entries: Entry[];
}

const icons: Record<HitKind, ReactElement> = {
  export: <ArrowExportLtr20Regular />,
  run: <History20Regular />,
  segment: <DataPie20Regular />,
  audience: <Database20Regular />,
  connection: <PlugConnected20Regular />,
};

const order: HitKind[] = ["export", "run", "segment", "audience", "connection"];

/** All lines for what was typed. */
export function useEntries(search: string): { groups: Group[]; searching: boolean } {
  const { t } = useTranslation("palette");
  const format = useFormat();
  const navigate = useNavigate();
  const list = use(CommandListContext);
  // The commands as they were when the palette was opened: the page behind it stands still.
  const [offered] = useState(() => list.all());
  const commands = [...offered, ...useScheduleCommands()];
  const settled = useDebounced(search, 120);
  const { data: hits = [], isFetching } = useAsk("find", { search: settled }, { enabled: settled !== "", keep: true });

  const open = ({ kind, object: { id } }: Hit) => {
    switch (kind) {
      case "export":
        return navigate({ to: "/exports", search: { tab: "mine", setUp: id } });
      case "run":
        return navigate({ to: "/runs/$id", params: { id } });
      case "segment":
        return navigate({ to: "/segments", search: { edit: id } });
      case "audience":
        return navigate({ to: "/data", search: { audience: id } });
      case "connection":
        return navigate({ to: "/admin/connections", search: { connection: id } });
    }
  };
  const entry = (hit: Hit): Entry => ({
    id: `${hit.kind}-${hit.object.id}`,
    text: hit.object.name,
    icon: icons[hit.kind],
    run: () => void open(hit),
    ...(hit.at === null ? {} : { hint: format.moment(hit.at) }),
  });
  const folded = search.toLocaleLowerCase();
  const groups: Group[] = [
    { kind: "commands", entries: commands.filter(({ text }) => text.toLocaleLowerCase().includes(folded)) },
    ...order.map((kind): Group => ({
      kind,
      entries: search === "" ? [] : hits.filter((hit) => hit.kind === kind).map(entry),
    })),
    { kind: "people", entries: search.includes("@") ? [person()] : [] },
  ];
  function person(): Entry {
    return {
      id: "person",
      text: t("findPerson", { search }),
      hint: t("findPerson.hint"),
      icon: <PersonSearch20Regular />,
      run: () => void navigate({ to: "/people", search: { email: search } }),
    };
  }
  const searching = isFetching || settled !== search;
  return { groups: groups.filter((group) => group.entries.length > 0), searching };
}
