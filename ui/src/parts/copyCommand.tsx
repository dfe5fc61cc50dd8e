// *Copy as command* on a command bar, where it has its place among the others and goes into `…` with them.
import { Code20Regular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { PageCommand } from "./CommandBar";
import { commandLine } from "./Copy";
import { useSay } from "./say";

/** Makes the command that copies the `segue …` line of these words. */
export function useCopyCommand(): (words: readonly string[]) => PageCommand {
  const { t } = useTranslation("frame");
  const say = useSay();
  return (words) => ({
    id: "copyCommand",
    text: t("copyCommand"),
    icon: <Code20Regular />,
    run: () => {
      void navigator.clipboard.writeText(commandLine(words)).then(() => {
        say(t("copyCommand.done"));
      });
    },
  });
}
