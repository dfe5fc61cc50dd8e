// What the questions of this page are about.
import type { ConnectionRow } from "../../api";

/** What a question needs. */
export interface QuestionProps {
  row: ConnectionRow;
  onClose: () => void;
}
