// Writes a file to a place that the user names, says how much is in it, and offers to show it.
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Answer, type Command, type Failure, type FileWritten, type Request, useAskNow } from "../api";
import { useErrorWords } from "./errors";
import { useNotify } from "./notify";

/** A command that writes a file. */
type Writing = { [C in Command]: Answer<C> extends FileWritten ? C : never }[Command];

/** Downloads. */
export interface Downloads {
  /** Asks for the place, starting from a name, and writes there; one at a time. */
  download: <C extends Writing>(name: string, command: C, request: (path: string) => Request<C>) => void;
  /** Whether one is under way. */
  writing: boolean;
}

/** Characters that some file system does not take in a name. */
const NOT_IN_NAMES = /[<>:"/\\|?*\p{Cc}]/gu;

/** Downloads of CSV files. */
export function useDownload(): Downloads {
  const { t } = useTranslation("words");
  const ask = useAskNow();
  const notify = useNotify();
  const words = useErrorWords();
  const [writing, setWriting] = useState(false);
  const busy = useRef(false);
  const fail = (error: unknown) => {
    const { title, todo } = words(error as Failure);
    notify({ intent: "error", title, body: todo });
  };
  const download: Downloads["download"] = (name, command, request) => {
    if (busy.current) return;
    busy.current = true;
    setWriting(true);
    const write = async () => {
      try {
        const { path } = await ask("window_save_file", { name: name.replace(NOT_IN_NAMES, "-"), kind: "csv" });
        if (path === null) return;
        const written = (await ask(command, request(path))) as FileWritten;
        notify({
          intent: "success",
          title: t("file.written", { count: written.rows }),
          action: {
            text: t("file.show"),
            run: () => void ask("window_reveal", { what: "file", path: written.path }).catch(fail),
          },
        });
      } catch (error) {
        fail(error);
      } finally {
        busy.current = false;
        setWriting(false);
      }
    };
    void write();
  };
  return { download, writing };
}
