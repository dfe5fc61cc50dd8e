// System: what was done last, the settings of the window, and what Segue is.
import { Tab, TabList } from "@fluentui/react-components";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { Page } from "../../parts";
import { AboutTab } from "./AboutTab";
import { ScheduleTab } from "./ScheduleTab";
import { SettingsTab } from "./SettingsTab";
import { StatusCommands } from "./status/StatusCommands";
import { StatusTab } from "./StatusTab";

const TABS = ["status", "schedule", "settings", "about"] as const;

/** System. */
export function SystemPage() {
  const { t } = useTranslation("admin");
  const { tab = "status" } = useSearch({ from: "/admin/system" });
  const navigate = useNavigate();
  return (
    <Page title={t("system.title")} {...(tab === "status" ? { commands: <StatusCommands /> } : {})}>
      <TabList
        selectedValue={tab}
        onTabSelect={(_, { value }) =>
          void navigate({ to: "/admin/system", search: { tab: value as (typeof TABS)[number] }, replace: true })
        }
      >
        {TABS.map((one) => (
          <Tab key={one} id={`system-${one}`} value={one}>
            {t(`system.tab.${one}`)}
          </Tab>
        ))}
      </TabList>
      <div role="tabpanel" aria-labelledby={`system-${tab}`}>
        {tab === "status" && <StatusTab />}
        {tab === "schedule" && <ScheduleTab />}
        {tab === "settings" && <SettingsTab />}
        {tab === "about" && <AboutTab />}
      </div>
    </Page>
  );
}
