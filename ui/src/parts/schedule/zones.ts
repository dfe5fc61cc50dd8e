// Time zones as they are shown and found.
import type { Zone } from "../../api";

/** `+01:00` */
function offsetOf({ offset }: Zone): string {
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  return `${offset < 0 ? "−" : "+"}${two(hours)}:${two(minutes)}`;
}

/** `(UTC+01:00) Europe/Stockholm` */
export function zoneText(zone: Zone): string {
  return `(UTC${offsetOf(zone)}) ${zone.name}`;
}

// A minus as keyboards have it, and blanks as people write names of cities.
function folded(text: string): string {
  return text.toLowerCase().replaceAll("−", "-").replaceAll("_", " ");
}

/** Zones with this piece in their text; those whose clocks are nearest to the chosen one's come first. */
export function zonesFound(zones: readonly Zone[], chosen: string, search: string): Zone[] {
  const near = zones.find(({ name }) => name === chosen)?.offset ?? 0;
  const wanted = folded(search.trim());
  const far = ({ name, offset }: Zone) => (name === chosen ? -1 : Math.abs(offset - near));
  return zones
    .filter((zone) => folded(zoneText(zone)).includes(wanted))
    .toSorted((a, b) => far(a) - far(b) || (a.name < b.name ? -1 : 1));
}
