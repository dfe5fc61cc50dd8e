// Removals that the guard held: per list, how many would leave, and the two ways to decide.
import {
  Button,
  Link,
  makeStyles,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow,
} from "@fluentui/react-components";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Failure, type HeldList, type Named, type Product, type RunStarted, useTell } from "../api";
import { Asking } from "./Asking";
import { Clip } from "./Clip";
import { useFormat } from "./format";
import { tagged } from "./product";
import { useSay } from "./say";

const useStyles = makeStyles({ number: { textAlign: "end", fontVariantNumeric: "tabular-nums", "& > *": { justifyContent: "flex-end" } } });

/** What is decided about. */
export interface DecideProps {
  /** The export. */
  of: Named;
  /** What it sends to, where that is known. */
  product: Product | null | undefined;
  /** The lists whose leavers are held. */
  held: readonly HeldList[];
  /** The run that held them, where its people can be looked at. */
  run: string | null;
  /** A run began that takes them off. */
  onStarted: (run: RunStarted) => void;
  onClose: () => void;
}

/** The decision about held removals. */
export function Decide({ of, product, held, run, onStarted, onClose }: DecideProps) {
  const { t } = useTranslation("exports");
  const styles = useStyles();
  const format = useFormat();
  const say = useSay();
  const navigate = useNavigate();
  const allow = useTell("export_run");
  const keep = useTell("export_keep_held");
  const [refused, setRefused] = useState<Failure | null>(null);
  const busy = allow.isPending || keep.isPending;
  const context = tagged(product);
  const title = t("decideDialog.title", { name: of.name });
  return (
    <Asking
      title={title}
      yes={t("decideDialog.allow")}
      busy={busy}
      failure={allow.error ?? keep.error ?? refused}
      onClose={onClose}
      onYes={() => {
        setRefused(null);
        allow.mutate(
          { exports: [of.id], allow_loss: true },
          {
            onSuccess: ({ runs: [began] }) => {
              if (began === undefined) return;
              setRefused(began.error);
              if (began.error !== null) return;
              onClose();
              onStarted(began);
            },
          },
        );
      }}
      others={
        <Button
          disabled={busy}
          onClick={() => {
            keep.mutate(
              { id: of.id },
              {
                onSuccess: () => {
                  say(t("decideDialog.kept", { name: of.name, context }));
                  onClose();
                },
              },
            );
          }}
        >
          {t("decideDialog.keep")}
        </Button>
      }
    >
      <span>{t("decideDialog.text", { context })}</span>
      <Table size="small" aria-label={title}>
        <TableHeader>
          <TableRow>
            <TableHeaderCell>{t("decideDialog.list", { context })}</TableHeaderCell>
            <TableHeaderCell className={styles.number}>{t("decideDialog.before", { context })}</TableHeaderCell>
            <TableHeaderCell className={styles.number}>{t("decideDialog.leaving")}</TableHeaderCell>
            <TableHeaderCell className={styles.number}>{t("decideDialog.after")}</TableHeaderCell>
          </TableRow>
        </TableHeader>
        <TableBody>
          {held.map(({ title: list, members, leaving }) => (
            <TableRow key={list}>
              <TableCell>
                <Clip text={list} />
              </TableCell>
              <TableCell className={styles.number}>{format.number(members)}</TableCell>
              <TableCell className={styles.number}>{format.number(leaving)}</TableCell>
              <TableCell className={styles.number}>{format.number(members - leaving)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {run !== null && (
        <div>
          <Link
            as="button"
            type="button"
            onClick={() => {
              onClose();
              void navigate({ to: "/runs/$id", params: { id: run }, search: { tab: "leaver_held" } });
            }}
          >
            {t("decideDialog.look")}
          </Link>
        </div>
      )}
    </Asking>
  );
}
