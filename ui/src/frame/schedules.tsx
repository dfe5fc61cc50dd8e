// What the palette does with schedules: pause and resume all of them, and refresh everything at once.
import { ArrowSync20Regular, Pause20Regular, Play20Regular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import { type Failure, useAsk, useTell } from "../api";
import type { PaletteCommand } from "../parts/commands";
import { useErrorWords } from "../parts/errors";
import { useSay } from "../parts/say";

/** The commands; none before it is known whether schedules are paused. */
export function useScheduleCommands(): PaletteCommand[] {
  const { t } = useTranslation("palette");
  const say = useSay();
  const words = useErrorWords();
  const { data: system } = useAsk("schedule_get", {});
  const pause = useTell("schedule_pause");
  const refresh = useTell("refresh_now");
  if (system === undefined) return [];
  // The palette is gone when the answer comes; what is awaited here is not.
  const after = async (answer: Promise<unknown>, done: string) => {
    try {
      await answer;
      say(done);
    } catch (failure) {
      // Whatever a command is rejected with is a failure.
      say(words(failure as Failure).title, "error");
    }
  };
  return [
    {
      id: "refresh-everything",
      text: t("refresh"),
      icon: <ArrowSync20Regular />,
      run: () => {
        void after(refresh.mutateAsync({}), t("refresh.done"));
      },
    },
    system.paused
      ? {
          id: "resume-schedules",
          text: t("resume"),
          icon: <Play20Regular />,
          run: () => {
            void after(pause.mutateAsync({ paused: false }), t("resume.done"));
          },
        }
      : {
          id: "pause-schedules",
          text: t("pause"),
          icon: <Pause20Regular />,
          run: () => {
            void after(pause.mutateAsync({ paused: true }), t("pause.done"));
          },
        },
  ];
}
