// A row of data matching: field, attribute, what is in it, what its blanks do.
import {
  Button,
  Dropdown,
  Field,
  makeStyles,
  Menu,
  MenuButton,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Option,
  tokens,
} from "@fluentui/react-components";
import { CheckmarkRegular, DeleteRegular, LightbulbRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

import type { AccountFieldRow, AudienceDetail } from "../../api";
import { Clip, useFormat } from "../../parts";
import { fieldName, shapeOf } from "./fields";
import { columnOf, EMAIL, type MatchRow } from "./matching";

const useStyles = makeStyles({
  row: { display: "flex", flexDirection: "column", gap: "4px", minWidth: 0 },
  head: { display: "flex", alignItems: "center", gap: "8px", minHeight: "24px", minWidth: 0 },
  label: { fontWeight: tokens.fontWeightSemibold, minWidth: 0 },
  kind: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    whiteSpace: "nowrap",
  },
  grow: { flexGrow: 1 },
  required: { color: tokens.colorPaletteRedForeground1 },
  suggested: {
    minWidth: 0,
    color: tokens.colorBrandForegroundLink,
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
  },
  fields: { display: "grid", gridTemplateColumns: "minmax(0, 1fr) minmax(0, 0.8fr) 32px", gap: "8px" },
  choice: { minWidth: 0, width: "100%" },
  blank: { minWidth: 0, maxWidth: "none", width: "100%", justifyContent: "space-between", fontWeight: tokens.fontWeightRegular },
  about: {
    display: "flex",
    gap: "8px",
    justifyContent: "space-between",
    paddingRight: "40px",
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    fontVariantNumeric: "tabular-nums",
  },
  samples: { minWidth: 0 },
  filled: { flexShrink: 0 },
  identifies: {
    alignSelf: "center",
    gridColumn: "2 / 4",
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
  },
});

/** What a row needs. */
export interface MatchingRowProps {
  row: MatchRow;
  audience: AudienceDetail | undefined;
  /** The field of the account; `undefined` while the fields are not read. */
  field: AccountFieldRow | undefined;
  /** Whether the account was read and does not have the field. */
  gone: boolean;
  /** What is wrong with the row. */
  error: string | undefined;
  /** Takes the focus, for a row that has just been added and for the first error. */
  focus?: (element: HTMLButtonElement | null) => void;
  onChange: (row: MatchRow) => void;
  onRemove: () => void;
}

/** A row of data matching. */
export function MatchingRow({ row, audience, field, gone, error, focus, onChange, onRemove }: MatchingRowProps) {
  const { t } = useTranslation("setup");
  const styles = useStyles();
  const format = useFormat();
  const name = fieldName(t, row.target, field);
  const email = row.target === EMAIL;
  const column = columnOf(audience, row.column);
  const lost = audience !== undefined && row.column !== "" && column === undefined;
  const wrong =
    error ??
    (lost
      ? t("attribute.gone", { column: row.column })
      : gone
        ? t("attribute.fieldGone", { field: name })
        : undefined);
  const profiles = audience?.row.profiles ?? 0;
  return (
    <div className={styles.row} role="group" aria-label={name}>
      <div className={styles.head}>
        <span className={styles.label}>
          <Clip text={name} />
        </span>
        {email && (
          <span className={styles.required} aria-hidden>
            *
          </span>
        )}
        {field?.custom === true && (
          <span className={styles.kind}>{t("field.kind", { type: t(`type.${field.kind}`) })}</span>
        )}
        <span className={styles.grow} />
        {row.suggested !== null && row.column !== "" && (
          <Suggested row={row} className={styles.suggested} onChange={onChange} />
        )}
      </div>
      <div className={styles.fields}>
        <Field
          hint={shapeOf(t, field)}
          validationState={wrong === undefined ? "none" : "error"}
          validationMessage={wrong}
        >
          <Dropdown
            className={styles.choice}
            button={{ ref: focus }}
            aria-label={t("attribute", { field: name })}
            aria-required={email}
            placeholder={email ? t("attribute.choose") : t("attribute.none")}
            value={row.column}
            selectedOptions={row.column === "" ? [] : [row.column]}
            onOptionSelect={(_, { optionValue = "" }) => {
              onChange({ ...row, column: optionValue, suggested: null });
            }}
          >
            {!email && (
              <Option value="" text={t("attribute.none")}>
                {t("attribute.none")}
              </Option>
            )}
            {(audience?.fields ?? []).map((one) => (
              <Option key={one.name} value={one.name} text={one.name}>
                {one.name}
              </Option>
            ))}
          </Dropdown>
        </Field>
        {email ? (
          <span className={styles.identifies}>{t("attribute.identifies")}</span>
        ) : (
          <>
            <Blanks row={row} name={name} className={styles.blank} onChange={onChange} />
            <Button
              appearance="subtle"
              icon={<DeleteRegular />}
              aria-label={t("attribute.remove", { field: name })}
              title={t("attribute.remove", { field: name })}
              onClick={onRemove}
            />
          </>
        )}
      </div>
      {column !== undefined && (
        <div className={styles.about}>
          <span className={styles.samples}>
            <Clip text={column.samples.length === 0 ? t("attribute.empty") : column.samples.join(" · ")} />
          </span>
          {profiles > 0 && (
            <span className={styles.filled}>
              {t("attribute.filled", { share: format.percent(column.filled / profiles) })}
            </span>
          )}
        </div>
      )}
    </div>
  );
}

type Change = Pick<MatchingRowProps, "row" | "onChange"> & { className: string };

/** Why the attribute is suggested, with *Confirm* behind it. */
function Suggested({ row, className, onChange }: Change) {
  const { t } = useTranslation("setup");
  if (row.suggested === null) return null;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="transparent" size="small" className={className} icon={<LightbulbRegular />}>
          {t("suggested", { reason: t(`suggested.${row.suggested}`) })}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem
            icon={<CheckmarkRegular />}
            onClick={() => {
              onChange({ ...row, suggested: null });
            }}
          >
            {t("suggested.confirm")}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** What blanks do, and values that do not fit. */
function Blanks({ row, name, className, onChange }: Change & { name: string }) {
  const { t } = useTranslation("setup");
  const shown = row.unfit === "leave_out" ? `${t(`blank.${row.blank}`)}, ${t("unfit.on")}` : t(`blank.${row.blank}`);
  return (
    <Menu
      checkedValues={{ blank: [row.blank], unfit: [row.unfit] }}
      onCheckedValueChange={(_, { name: which, checkedItems: [value] }) => {
        if (value !== undefined) onChange({ ...row, [which]: value });
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton className={className} aria-label={`${t("blank", { field: name })}: ${shown}`}>
          <Clip text={shown} />
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{t("blank.group")}</MenuGroupHeader>
            <MenuItemRadio name="blank" value="skip">
              {t("blank.skip")}
            </MenuItemRadio>
            <MenuItemRadio name="blank" value="clear">
              {t("blank.clear")}
            </MenuItemRadio>
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t("unfit.group")}</MenuGroupHeader>
            <MenuItemRadio name="unfit" value="invalid">
              {t("unfit.invalid")}
            </MenuItemRadio>
            <MenuItemRadio name="unfit" value="leave_out">
              {t("unfit.leave_out")}
            </MenuItemRadio>
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
