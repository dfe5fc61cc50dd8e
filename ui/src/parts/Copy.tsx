// Buttons that put text on the clipboard, and say so.
import { Button, type ButtonProps } from "@fluentui/react-components";
import { CheckmarkRegular, CodeRegular, CopyRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useAnnounce } from "./announce";

interface CopyProps {
  /** What is copied. */
  text: string;
  /** What the button says in place of *Copy*. */
  label?: string;
  size?: ButtonProps["size"];
  appearance?: ButtonProps["appearance"];
}

/** Copies a text. */
export function CopyButton({ text, label, size, appearance = "subtle" }: CopyProps) {
  const { t } = useTranslation("frame");
  return <Copying {...{ text, size, appearance }} label={label ?? t("copy")} done={t("copied")} icon={<CopyRegular />} />;
}

/** The line itself, or its words after `segue`, which are quoted here. */
type CommandProps = Omit<CopyProps, "text" | "label"> & ({ text: string } | { words: readonly string[] });

/** Copies the `segue …` line that does the same as what is on the screen. */
export function CopyCommand({ size, appearance = "subtle", ...line }: CommandProps) {
  const { t } = useTranslation("frame");
  const text = "text" in line ? line.text : commandLine(line.words);
  return (
    <Copying
      {...{ text, size, appearance }}
      label={t("copyCommand")}
      done={t("copyCommand.done")}
      icon={<CodeRegular />}
    />
  );
}

/** A command line of these words. */
export function commandLine(words: readonly string[]): string {
  return ["segue", ...words].map(quoted).join(" ");
}

/** One word of a command line, quoted where a shell would take it apart. */
export function quoted(argument: string): string {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

type CopyingProps = Omit<CopyProps, "label"> & { label: string; done: string; icon: ButtonProps["icon"] };

function Copying({ text, size, appearance, label, done, icon }: CopyingProps) {
  const announce = useAnnounce();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce(done);
  };
  return (
    <Button
      size={size}
      appearance={appearance}
      icon={copied ? <CheckmarkRegular /> : icon}
      onClick={() => void copy()}
      onBlur={() => {
        setCopied(false);
      }}
    >
      {label}
    </Button>
  );
}
