// The time zone of a recurrence: type to find it, by its city or by how far its clocks are from UTC.
import { Combobox, Field, makeStyles, Option } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

import { useAsk } from "../../api";
import { useFinding } from "../box";
import { fieldError } from "../fieldError";
import { zonesFound, zoneText } from "./zones";

const useStyles = makeStyles({ list: { maxHeight: "320px" } });

/** More are not drawn at once; typing finds the others. */
const SHOWN = 60;

/** What the box shows and tells. */
export interface ZoneBoxProps {
  /** The name of the chosen zone. */
  value: string;
  disabled: boolean;
  wrong: string | undefined;
  onChoose: (name: string) => void;
}

/** The box of time zones. */
export function ZoneBox({ value, disabled, wrong, onChoose }: ZoneBoxProps) {
  const { t } = useTranslation("words");
  const styles = useStyles();
  const { typed, box } = useFinding((name) => {
    if (name !== "") onChoose(name);
  });
  const { data: zones = [] } = useAsk("zone_list", {});
  const chosen = zones.find(({ name }) => name === value);
  const found = zonesFound(zones, value, typed ?? "");
  return (
    <Field label={t("recurrence.zone")} hint={t("recurrence.zone.hint")} required {...fieldError(wrong)}>
      <Combobox
        {...box}
        disabled={disabled}
        value={typed ?? (chosen === undefined ? value : zoneText(chosen))}
        selectedOptions={[value]}
        listbox={{ className: styles.list }}
      >
        {found.slice(0, SHOWN).map((zone) => (
          <Option key={zone.name} value={zone.name} text={zoneText(zone)}>
            {zoneText(zone)}
          </Option>
        ))}
        {found.length > SHOWN && (
          <Option key="more" value="" text="" disabled>
            {t("recurrence.zone.more")}
          </Option>
        )}
        {found.length === 0 && (
          <Option key="none" value="" text="" disabled>
            {t("recurrence.zone.none")}
          </Option>
        )}
      </Combobox>
    </Field>
  );
}
