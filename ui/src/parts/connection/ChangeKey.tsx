// Another key for a connection: it is tested before the old one goes. A key of another account needs
// consent anew, and says what follows.
import {
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Spinner,
} from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Connection, useTell } from "../../api";
import { ErrorBar } from "../ErrorBar";
import { useSay } from "../say";
import { connectWords } from "./failures";
import { trimKey } from "./key";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "16px", minWidth: 0 },
  text: { margin: 0 },
});

/** What the dialog needs. */
export interface ChangeKeyProps {
  connection: Connection;
  vendor: string;
  onClose: () => void;
}

/** The dialog that changes the key of a connection. */
export function ChangeKey({ connection, vendor, onClose }: ChangeKeyProps) {
  const { t } = useTranslation("setup");
  const styles = useStyles();
  const say = useSay();
  const [key, setKey] = useState("");
  const [agree, setAgree] = useState(false);
  const { mutate, isPending, error } = useTell("connection_set_key");
  // Consent is asked for where there is none, and where the engine found another account behind the key.
  const asks = connection.consent === null || error?.code === "no_consent";
  const taken = error?.code === "name_taken";
  const words = error === null ? null : taken ? error.message : connectWords(t, error, vendor, connection.type);
  const ready = trimKey(key) !== "" && (!asks || agree);
  return (
    <Dialog
      open
      onOpenChange={(_, { open }) => {
        if (!open && !isPending) onClose();
      }}
    >
      <DialogSurface>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            // The pane behind is a form as well.
            event.stopPropagation();
            if (!ready || isPending) return;
            mutate(
              { id: connection.id, key: trimKey(key), agree: asks && agree },
              {
                onSuccess: () => {
                  say(t("key.changed"));
                  onClose();
                },
              },
            );
          }}
        >
          <DialogBody>
            <DialogTitle>{t("key.change")}</DialogTitle>
            <DialogContent className={styles.form}>
              <p className={styles.text}>{t("key.changeText")}</p>
              <Field
                label={t("key.new")}
                required
                validationState={words === null ? "none" : "error"}
                validationMessage={words}
              >
                <Input
                  type="password"
                  autoComplete="off"
                  value={key}
                  readOnly={isPending}
                  onChange={(_, { value }) => {
                    setKey(value);
                  }}
                />
              </Field>
              {error !== null && words === null && error.code !== "no_consent" && <ErrorBar failure={error} />}
              {asks && (
                <>
                  {error?.code === "no_consent" && (
                    <MessageBar intent="warning" layout="multiline">
                      <MessageBarBody>{t("key.agreeAgain")}</MessageBarBody>
                    </MessageBar>
                  )}
                  <p className={styles.text}>{t("privacy.text", { vendor })}</p>
                  <Checkbox
                    label={t("agree")}
                    required
                    checked={agree}
                    onChange={(_, { checked }) => {
                      setAgree(checked === true);
                    }}
                  />
                </>
              )}
            </DialogContent>
            <DialogActions>
              <Button
                appearance="primary"
                type="submit"
                disabledFocusable={!ready || isPending}
                icon={isPending ? <Spinner size="tiny" aria-hidden /> : undefined}
              >
                {t("key.change")}
              </Button>
              <Button onClick={onClose} disabled={isPending}>
                {t("cancel")}
              </Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
