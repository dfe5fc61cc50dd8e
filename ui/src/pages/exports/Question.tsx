// The question that is open on the list, if one is.
import type { ExportRow } from "../../api";
import { Decide } from "../../parts";
import { AttachQuestion, DetachQuestion, DuplicateQuestion, RemoveQuestion } from "./Questions";
import { RunAll } from "./RunAll";
import { isScheduled } from "./rows";
import { useStarted } from "./running";
import { SchedulePane } from "./schedule/SchedulePane";

/** What is asked, about which exports. */
export interface Asked {
  what: "duplicate" | "schedule" | "detach" | "attach" | "remove" | "decide" | "runAll";
  rows: readonly ExportRow[];
}

/** What the question needs. */
export interface QuestionOf {
  asked: Asked;
  all: readonly ExportRow[];
  busy: boolean;
  onRun: (ids: string[]) => void;
  onClose: () => void;
}

/** The question. */
export function Question({ asked: { what, rows }, all, busy, onRun, onClose }: QuestionOf) {
  const started = useStarted();
  const [row] = rows;
  if (row === undefined) return null;
  switch (what) {
    case "duplicate":
      return <DuplicateQuestion row={row} names={new Set(all.map((one) => one.name))} onClose={onClose} />;
    case "schedule":
      return <SchedulePane rows={rows} onClose={onClose} />;
    case "detach":
      return <DetachQuestion row={row} onClose={onClose} />;
    case "attach":
      return <AttachQuestion row={row} onClose={onClose} />;
    case "remove":
      return <RemoveQuestion rows={rows} onClose={onClose} />;
    case "decide":
      return (
        <Decide
          of={row}
          product={row.product}
          held={row.held}
          run={row.last_run?.id ?? null}
          onStarted={(began) => {
            started({ runs: [began] });
          }}
          onClose={onClose}
        />
      );
    case "runAll":
      return (
        <RunAll
          rows={rows}
          left={all.filter(isScheduled).length - rows.length}
          off={all.filter((one) => !isScheduled(one))}
          busy={busy}
          onRun={() => {
            onRun(rows.map((one) => one.id));
            onClose();
          }}
          onClose={onClose}
        />
      );
  }
}
