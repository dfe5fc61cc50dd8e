// Where files are dropped or looked for. The whole window takes drops (frame/Drops.tsx), so nobody has to aim.
import {
  Button,
  makeStyles,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  mergeClasses,
  tokens,
} from "@fluentui/react-components";
import { DocumentArrowUpRegular, DocumentRegular, FolderOpenRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";

const useStyles = makeStyles({
  zone: {
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    justifyContent: "center",
    gap: "8px",
    padding: "20px",
    minHeight: "156px",
    boxSizing: "border-box",
    textAlign: "center",
    backgroundColor: tokens.colorBrandBackground2,
    border: `1px dashed ${tokens.colorBrandStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  large: { minHeight: "260px" },
  icon: { fontSize: "32px", color: tokens.colorBrandForeground1 },
  title: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  formats: {
    margin: 0,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    color: tokens.colorNeutralForeground2,
  },
});

/** What the zone shows and tells. */
export interface DropZoneProps {
  /** Whether it stands alone on the page. */
  large?: boolean;
  /** Opens the native dialog. */
  onBrowse: (kind: "data" | "folder") => void;
}

/** The zone. */
export function DropZone({ large = false, onBrowse }: DropZoneProps) {
  const { t } = useTranslation("data");
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.zone, large && styles.large)}>
      <DocumentArrowUpRegular className={styles.icon} aria-hidden />
      <p className={styles.title}>{t("drop.title")}</p>
      <p className={styles.formats}>{t("drop.formats")}</p>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button size="small" icon={<FolderOpenRegular />}>
            {t("drop.browse")}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem
              icon={<DocumentRegular />}
              onClick={() => {
                onBrowse("data");
              }}
            >
              {t("drop.files")}
            </MenuItem>
            <MenuItem
              icon={<FolderOpenRegular />}
              onClick={() => {
                onBrowse("folder");
              }}
            >
              {t("drop.folder")}
            </MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    </div>
  );
}
