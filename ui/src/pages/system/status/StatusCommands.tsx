// The commands of the tab *Status*: everything is refreshed, or what goes on is canceled.
import { ArrowSyncRegular, DismissCircleRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import { useEvent } from "../../../api";
import { CommandBar, type PageCommand, useAnnounce } from "../../../parts";
import { useJob } from "./job";
import { useRefresh } from "./refresh";

/** The command bar of the tab. */
export function StatusCommands() {
  const { t } = useTranslation("admin");
  const { going } = useRefresh();
  const { refreshAll, cancel } = useJob();
  const announce = useAnnounce();
  useEvent("refresh", ({ finished_at }) => {
    if (finished_at !== null) announce(t("status.refreshed"));
  });
  const commands: PageCommand[] = [
    {
      id: "refreshAll",
      text: t("status.refreshAll"),
      icon: <ArrowSyncRegular />,
      why: going ? t("status.why.going") : undefined,
      run: refreshAll,
    },
  ];
  if (going) commands.push({ id: "cancelJob", text: t("status.cancel"), icon: <DismissCircleRegular />, run: cancel });
  return <CommandBar commands={commands} />;
}
