// Files over the window: the whole of it takes them, on every page, and the pane that adds a data source opens
// with what was dropped. Leaving a form that was changed asks as ever.
import { makeStyles, tokens } from "@fluentui/react-components";
import { DocumentArrowUpRegular } from "@fluentui/react-icons";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import { useEvent } from "../api";

const useStyles = makeStyles({
  over: {
    position: "fixed",
    inset: "56px 8px 8px",
    zIndex: 2_000_000,
    display: "flex",
    flexDirection: "column",
    alignItems: "center",
    justifyContent: "center",
    gap: "8px",
    // The pointer belongs to the system while it drags.
    pointerEvents: "none",
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorBrandBackground2,
    border: `2px dashed ${tokens.colorBrandStroke1}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  icon: { fontSize: "48px", color: tokens.colorBrandForeground1 },
  title: { margin: 0, fontSize: tokens.fontSizeBase500, lineHeight: tokens.lineHeightBase500, fontWeight: tokens.fontWeightSemibold },
  formats: { margin: 0, color: tokens.colorNeutralForeground2 },
});

/** Hears files that are dragged over the window. */
export function Drops() {
  const navigate = useNavigate();
  const router = useRouter();
  const [over, setOver] = useState(false);
  useEvent("files_over", () => {
    setOver(true);
  });
  useEvent("files_left", () => {
    setOver(false);
  });
  useEvent("files_dropped", ({ paths }) => {
    setOver(false);
    const { pathname, search } = router.state.location;
    // The pane that is open for files takes more of them itself.
    const taken = pathname === "/data" && "add" in search && search.add === true;
    if (paths.length > 0 && !taken) void navigate({ to: "/data", search: { add: true, files: paths } });
  });
  if (!over) return null;
  return (
    <Suspense>
      <Over />
    </Suspense>
  );
}

/** What the window says while files are over it. */
function Over() {
  const { t } = useTranslation("data");
  const styles = useStyles();
  return (
    <div className={styles.over} role="status">
      <DocumentArrowUpRegular className={styles.icon} aria-hidden />
      <p className={styles.title}>{t("drop.over")}</p>
      <p className={styles.formats}>{t("drop.formats")}</p>
    </div>
  );
}
