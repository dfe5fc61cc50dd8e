// The first page: the list of export destinations, or Home with its welcome while there is nothing yet.
import { Navigate } from "@tanstack/react-router";

import { useAsk } from "../api";

/** Goes to the page that is of use now. */
export function Landing() {
  const { data: start } = useAsk("app_start", {});
  if (start === undefined) return null;
  return <Navigate to={start.empty ? "/home" : "/exports"} replace />;
}
