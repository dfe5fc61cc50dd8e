// The small question for a name: of a copy, or another one for what is there.
import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";

import type { Failure } from "../api";
import { Asking } from "./Asking";

/** What the question needs. */
export interface NameQuestionProps {
  title: string;
  yes: string;
  /** What the field is called. */
  label: string;
  /** What is said of a name that something else has. */
  taken: string;
  begins: string;
  /** A name that says nothing new. */
  same?: string;
  about?: string;
  busy: boolean;
  failure: Failure | null;
  onYes: (name: string) => void;
  onClose: () => void;
}

/** The question. */
export function NameQuestion(props: NameQuestionProps) {
  const { title, yes, label, taken, begins, same, about, busy, failure, onYes, onClose } = props;
  const [name, setName] = useState(begins);
  const trimmed = name.trim();
  const isTaken = failure?.code === "name_taken";
  return (
    <Asking
      title={title}
      yes={yes}
      busy={busy}
      waits={trimmed === "" || trimmed === same}
      failure={isTaken ? null : failure}
      onClose={onClose}
      onYes={() => {
        onYes(trimmed);
      }}
    >
      <Field label={label} required validationMessage={isTaken ? taken : undefined} hint={about}>
        <Input
          autoFocus
          autoComplete="off"
          maxLength={200}
          value={name}
          onChange={(_, { value }) => {
            setName(value);
          }}
        />
      </Field>
    </Asking>
  );
}
