// The icon of a class; its word always stands beside it.
import { type Class, classLooks } from "./classes";

/** The icon of a class, or of leavers. */
export function ClassIcon({ of }: { of: Class | "left" }) {
  const { Icon } = classLooks[of];
  return <Icon aria-hidden />;
}
