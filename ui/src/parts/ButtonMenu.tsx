// A button with a menu that is made when it is opened, for most never are.
import { Button, type ButtonProps, Menu, MenuPopover, type MenuProps, useMergedRefs } from "@fluentui/react-components";
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
  const [open, setOpen] = useState(false);
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const whole = useMergedRefs<HTMLButtonElement>(ref, (element) => {
    setButton(element);
  });
  const { on, tip } = useTip(() => hint);
  return (
    <>
      <Button
        {...look}
        {...on}
        ref={whole}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => {
          setOpen((was) => !was);
        }}
      />
      {!open && tip}
      {open && (
        <Menu
          {...choice}
          open
          positioning={{ target: button }}
          onOpenChange={(event, { open: opens, type }) => {
            // The button closes what it opened.
            if (opens || (event.target instanceof Node && button?.contains(event.target) === true)) return;
            setOpen(false);
            if (type === "menuPopoverKeyDown" || type === "menuItemClick") button?.focus();
          }}
        >
          <MenuPopover>{children}</MenuPopover>
        </Menu>
      )}
    </>
  );
}
