// Connections: the accounts that exports send to, whether their keys work, and what can be done about it.
import { Button } from "@fluentui/react-components";
import { PlugDisconnectedRegular } from "@fluentui/react-icons";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";

import { type Failure, useAsk, useTell } from "../../api";
import { EmptyState, ErrorCard, Page, tagged, useSay } from "../../parts";
import { ChangeKey, ConnectionQuestion } from "../../parts/connection";
import { type Command, useConnectionCommands } from "./commands";
import { ConnectionBar } from "./ConnectionBar";
import { ConnectionTable } from "./ConnectionTable";
import { RenameQuestion } from "./RenameQuestion";
import { LimitsQuestion } from "./LimitsQuestion";
import { TestFailed } from "./TestFailed";

/** Connections. */
export function ConnectionsPage() {
  const { t } = useTranslation(["admin", "words"]);
  const say = useSay();
  const navigate = useNavigate();
  const { connection: chosen } = useSearch({ from: "/admin/connections" });
  const { data: start } = useAsk("app_start", {});
  const { data: rows, error, refetch } = useAsk("connection_list", {});
  const test = useTell("connection_test");
  const [open, setOpen] = useState<Exclude<Command, "add" | "test"> | null>(null);
  const [refused, setRefused] = useState<Failure | null>(null);
  const selected = rows?.find(({ connection }) => connection.id === chosen);
  const testing = test.isPending ? test.variables.id : undefined;
  const select = useCallback(
    (id: string) => void navigate({ to: "/admin/connections", search: { connection: id }, replace: true }),
    [navigate],
  );
  const close = () => {
    setOpen(null);
  };
  const act = (command: Command) => {
    if (command === "add") {
      void navigate({ to: "/exports", search: { tab: "discover", setUp: "new" } });
      return;
    }
    if (selected === undefined) return;
    if (command !== "test") {
      setOpen(command);
      return;
    }
    if (test.isPending) return;
    const { id, name, type } = selected.connection;
    test.mutate(
      { id },
      {
        onSuccess: ({ lists, custom_fields }) => {
          const found = {
            lists: t("tested.lists", { count: lists, context: tagged(type) }),
            fields: t("tested.fields", { count: custom_fields }),
          };
          say(t("tested.good", { name, ...found }));
        },
        onError: setRefused,
      },
    );
  };
  const commands = useConnectionCommands(selected, testing, act);
  return (
    <Page
      title={t("connections.title")}
      about={t(`connections.about.${start?.key_store.kind ?? "system"}`)}
      commands={<ConnectionBar commands={commands} selected={selected} />}
    >
      {error !== null && <ErrorCard failure={error} onRetry={() => void refetch()} />}
      {error === null && rows?.length === 0 && (
        <EmptyState
          icon={<PlugDisconnectedRegular />}
          title={t("connections.empty.title")}
          text={t("connections.empty.text")}
          action={
            <Button
              appearance="primary"
              onClick={() => {
                act("add");
              }}
            >
              {t("connections.add")}
            </Button>
          }
        />
      )}
      {error === null && rows?.length !== 0 && (
        <ConnectionTable
          rows={rows}
          selected={selected?.connection.id}
          testing={testing}
          onSelect={select}
          onOpen={(row) => {
            select(row.connection.id);
            setOpen("limits");
          }}
        />
      )}
      {selected !== undefined && open === "rename" && <RenameQuestion row={selected} onClose={close} />}
      {selected !== undefined && open === "limits" && <LimitsQuestion row={selected} onClose={close} />}
      {selected !== undefined && open === "remove" && (
        <ConnectionQuestion row={selected} about="removeDialog" yes={t("connections.remove")} onClose={close} />
      )}
      {selected !== undefined && open === "key" && (
        <ChangeKey connection={selected.connection} vendor={t(`words:product.${selected.connection.type}`)} onClose={close} />
      )}
      {selected !== undefined && refused !== null && (
        <TestFailed
          row={selected}
          failure={refused}
          onChangeKey={() => {
            setRefused(null);
            setOpen("key");
          }}
          onClose={() => {
            setRefused(null);
          }}
        />
      )}
    </Page>
  );
}
