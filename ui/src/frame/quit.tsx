// *Quit Segue* in the palette: where closing keeps the window and no tray is shown, there is no other way to the end.
import { Power20Regular } from "@fluentui/react-icons";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { type Failure, useAskNow } from "../api";
import { type PaletteCommand, useCommands } from "../parts/commands";
import { useErrorWords } from "../parts/errors";
import { useSay } from "../parts/say";

/** Offers to end Segue. Runs under way are finished without a window. */
export function useQuit(): void {
  const { t } = useTranslation("frame");
  const ask = useAskNow();
  const say = useSay();
  const words = useErrorWords();
  const commands = useMemo<PaletteCommand[]>(
    () => [
      {
        id: "quit",
        text: t("leave.quit"),
        icon: <Power20Regular />,
        run: () => {
          ask("window_close", { choice: "quit" }).catch((failure: unknown) => {
            say(words(failure as Failure).title, "error");
          });
        },
      },
    ],
    [t, ask, say, words],
  );
  useCommands(commands, "frame");
}
