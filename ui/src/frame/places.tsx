// The places of the navigation, also by name in the palette.
import {
  ArrowExportLtr20Filled,
  ArrowExportLtr20Regular,
  DataPie20Filled,
  DataPie20Regular,
  Database20Filled,
  Database20Regular,
  History20Filled,
  History20Regular,
  Home20Filled,
  Home20Regular,
  PlugConnected20Filled,
  PlugConnected20Regular,
  Settings20Filled,
  Settings20Regular,
  Shield20Filled,
  Shield20Regular,
} from "@fluentui/react-icons";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { type PaletteCommand, useCommands } from "../parts/commands";

/** A place of the navigation. */
export interface Place {
  to: "/home" | "/segments" | "/data" | "/exports" | "/runs" | "/admin/connections" | "/admin/system" | "/admin/security";
  name: "home" | "segments" | "data" | "exports" | "runs" | "connections" | "system" | "security";
  icon: ReactElement;
  /** The icon while one is there. */
  here: ReactElement;
}

/** Everybody's places. */
export const places: Place[] = [
  { to: "/home", name: "home", icon: <Home20Regular />, here: <Home20Filled /> },
  { to: "/segments", name: "segments", icon: <DataPie20Regular />, here: <DataPie20Filled /> },
  { to: "/data", name: "data", icon: <Database20Regular />, here: <Database20Filled /> },
  { to: "/exports", name: "exports", icon: <ArrowExportLtr20Regular />, here: <ArrowExportLtr20Filled /> },
  { to: "/runs", name: "runs", icon: <History20Regular />, here: <History20Filled /> },
];

/** Places under *Admin*. */
export const adminPlaces: Place[] = [
  { to: "/admin/connections", name: "connections", icon: <PlugConnected20Regular />, here: <PlugConnected20Filled /> },
  { to: "/admin/system", name: "system", icon: <Settings20Regular />, here: <Settings20Filled /> },
  { to: "/admin/security", name: "security", icon: <Shield20Regular />, here: <Shield20Filled /> },
];

/** Offers every place in the palette. */
export function useGoTo(): void {
  const { t } = useTranslation(["palette", "frame"]);
  const navigate = useNavigate();
  const commands = useMemo<PaletteCommand[]>(
    () =>
      [...places, ...adminPlaces].map(({ to, name, icon }) => ({
        id: `go-${name}`,
        text: t("palette:goTo", { page: t(`frame:nav.${name}`) }),
        icon,
        run: () => void navigate({ to }),
      })),
    [t, navigate],
  );
  useCommands(commands, "frame");
}
