// The little picture beside the type of a field.
import {
  CalendarLtrRegular,
  ClockRegular,
  NumberSymbolRegular,
  TextTRegular,
  ToggleLeftRegular,
} from "@fluentui/react-icons";

import type { Kind } from "./rule/operators";

const icons = {
  text: TextTRegular,
  number: NumberSymbolRegular,
  boolean: ToggleLeftRegular,
  date: CalendarLtrRegular,
  timestamp: ClockRegular,
};

/** The picture of a type; its name stands beside it. */
export function KindIcon({ kind }: { kind: Kind }) {
  const Icon = icons[kind];
  return <Icon aria-hidden style={{ flexShrink: 0 }} />;
}
