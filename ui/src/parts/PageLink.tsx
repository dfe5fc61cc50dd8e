// A link to another page of the window that looks like Fluent's and is a real link for everybody.
import { Link } from "@fluentui/react-components";
import { createLink } from "@tanstack/react-router";
import type { ComponentProps } from "react";

function Anchor(props: ComponentProps<"a">) {
  return <Link {...props} />;
}

/** A link to a page. */
export const PageLink = createLink(Anchor);
