// What the mirrored page calls things, in both languages: the tests walk by these words, so that a label
// that was changed by accident is a failing test (customer-insights.md sections 2 and 6).

import type { Product } from "./account";

/** A language of the window. */
export type Language = "en" | "sv";

const EN = {
  exports: "Exports",
  discover: "Discover",
  mine: "My export destinations",
  title: "Export destinations",
  setUp: /^Set up Autopilot/u,
  displayName: /^Display name/u,
  apiKey: /^Autopilot API key/u,
  otherServer: "Other server",
  apiAddress: /^API address/u,
  agree: /^I agree/u,
  connect: "Connect",
  refused: "refused the key",
  connected: "Connected to Autopilot",
  exportUser: "Add yourself as export user",
  isExportUser: "is the export user",
  next: "Next",
  matching: "Data matching",
  selectSegments: "Select segments",
  email: /^Email/u,
  firstName: /^First name/u,
  lastName: /^Last name/u,
  save: "Save",
  saveSendsNothing: "Saving does not send anything.",
  run: "Run",
  preview: "Preview",
  exportNow: "Export now",
  retryFailed: "Retry failed",
  cancelJob: "Cancel job",
  remove: "Remove",
  rejected: "Rejected",
  nothingSent: "Nothing has been sent.",
  statuses: {
    successful: "Successful",
    completedWithErrors: "Completed with errors",
    notStarted: "Not started",
    processing: "Processing",
  },
  trySample: "Try with sample data",
  created: "Created",
  unchanged: "Unchanged",
  columns: ["Display name", "Type", "Status", "Refreshed", "Schedule", "Connection used", "Created"],
  commands: ["Add destination", "Edit", "Run", "Preview", "Create duplicate", "Schedule", "Detach connection", "Remove", "Run all"],
};

const SV: typeof EN = {
  exports: "Exporter",
  discover: "Upptäck",
  mine: "Mina exportmål",
  title: "Exportmål",
  setUp: /^Konfigurera Autopilot/u,
  displayName: /^Visningsnamn/u,
  apiKey: /^API-nyckel till Autopilot/u,
  otherServer: "Annan server",
  apiAddress: /^API-adress/u,
  agree: /^Jag accepterar/u,
  connect: "Anslut",
  refused: "nekade nyckeln",
  connected: "Ansluten till Autopilot",
  exportUser: "Lägg till dig själv som exportanvändare",
  isExportUser: "är exportanvändare",
  next: "Nästa",
  matching: "Datamatchning",
  selectSegments: "Välj segment",
  email: /^E-post/u,
  firstName: /^Förnamn/u,
  lastName: /^Efternamn/u,
  save: "Spara",
  saveSendsNothing: "Inget skickas när du sparar.",
  run: "Kör",
  preview: "Förhandsgranska",
  exportNow: "Exportera nu",
  retryFailed: "Försök igen med misslyckade",
  cancelJob: "Avbryt jobb",
  remove: "Ta bort",
  rejected: "Avvisade",
  nothingSent: "Inget har skickats.",
  statuses: {
    successful: "Klart",
    completedWithErrors: "Slutförd med fel",
    notStarted: "Inte startat",
    processing: "Bearbetas",
  },
  trySample: "Prova med exempeldata",
  created: "Nya",
  unchanged: "Oförändrade",
  columns: ["Visningsnamn", "Typ", "Status", "Uppdaterad", "Schema", "Anslutning som används", "Skapad"],
  commands: [
    "Lägg till mål",
    "Redigera",
    "Kör",
    "Förhandsgranska",
    "Skapa dubblett",
    "Schemalägg",
    "Koppla från anslutning",
    "Ta bort",
    "Kör alla",
  ],
};

/** What is called otherwise where the account is one of Ortto. */
const ORTTO: Record<Language, Partial<typeof EN>> = {
  en: { setUp: /^Set up Ortto/u, apiKey: /^Ortto API key/u, connected: "Connected to Ortto" },
  sv: { setUp: /^Konfigurera Ortto/u, apiKey: /^API-nyckel till Ortto/u, connected: "Ansluten till Ortto" },
};

/** The words of a language. */
export function words(language: Language, product: Product = "autopilot"): typeof EN {
  const all = language === "en" ? EN : SV;
  return product === "autopilot" ? all : { ...all, ...ORTTO[language] };
}
