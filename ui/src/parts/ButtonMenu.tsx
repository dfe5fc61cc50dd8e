// A button with a menu that is made when it is opened, for most never are.
import { Button, type ButtonProps, Menu, MenuPopover, type MenuProps } from "@fluentui/react-components";
import { type ReactNode, type Ref, useState } from "react";

import { useTip } from "./tip";

/** What the button and its menu need. */
export interface ButtonMenuProps extends Pick<ButtonProps, "appearance" | "size" | "className" | "icon"> {
  /** What the button is called. */
  label: string;
  /** Its tooltip, where that is not what it is called. */
  hint?: string;
  /** The button, for whoever measures it. */
  ref?: Ref<HTMLButtonElement>;
  /** What can be chosen in it, with what happens then. */
  choice?: Pick<MenuProps, "checkedValues" | "onCheckedValueChange">;
  /** What is in the menu. */
  children: ReactNode;
}

/** The button; the menu closes by Esc, a click beside it or on an item, and the button has the focus again. */
export function ButtonMenu({ label, hint = label, ref, choice, children, ...look }: ButtonMenuProps) {
  // The button while its menu is open.
  const [opener, setOpener] = useState<HTMLElement | null>(null);
  const { on, tip } = useTip(() => hint);
  return (
    <>
      <Button
        {...look}
        {...on}
        ref={ref}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={opener !== null}
        onClick={({ currentTarget }) => {
          setOpener((was) => (was === null ? currentTarget : null));
        }}
      />
      {opener === null && tip}
      {opener !== null && (
        <Menu
          {...choice}
          open
          positioning={{ target: opener }}
          onOpenChange={(event, { open, type }) => {
            // The button closes what it opened.
            if (open || (event.target instanceof Node && opener.contains(event.target))) return;
            setOpener(null);
            if (type === "menuPopoverKeyDown" || type === "menuItemClick") opener.focus();
          }}
        >
          <MenuPopover>{children}</MenuPopover>
        </Menu>
      )}
    </>
  );
}
