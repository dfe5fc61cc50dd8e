// The form of the notices: what the engine told as fields, and fields as what it is told. Secrets only go in.
import type { MailSecurity, NoticeLanguage, NoticesDraft, NoticesView } from "../../../api";

/** Securities, the usual first, with the port that goes with each. */
export const SECURITIES: readonly MailSecurity[] = ["start_tls", "tls", "none"];
/** The usual port of a security. */
export const PORTS: Record<MailSecurity, string> = { start_tls: "587", tls: "465", none: "25" };
/** Languages of webhooks and mail. */
export const LANGUAGES: readonly NoticeLanguage[] = ["en", "sv"];

/** Receivers that the engine takes at most. */
const MOST_RECEIVERS = 10;

/** What can be wrong with a field, as keys of its words. */
export type Fault =
  | "url.needed"
  | "url.bad"
  | "server.needed"
  | "server.bad"
  | "server.away"
  | "port.bad"
  | "from.bad"
  | "to.needed"
  | "to.bad"
  | "to.many"
  | "password.needed";

/** What the form holds. */
export interface NoticesForm {
  desktop: boolean;
  webhook: boolean;
  /** Empty: the one that is stored. */
  url: string;
  mail: boolean;
  server: string;
  port: string;
  security: MailSecurity;
  user: string;
  /** Empty: the one that is stored. */
  password: string;
  from: string;
  /** With commas between. */
  to: string;
  language: NoticeLanguage;
}

/** What is stored, as the form shows it. */
export function formOf(view: NoticesView): NoticesForm {
  const { mail } = view;
  const security = mail?.security ?? "start_tls";
  return {
    desktop: view.desktop,
    webhook: view.webhook_host !== null,
    url: "",
    mail: mail !== null,
    server: mail?.server ?? "",
    port: mail === null ? PORTS[security] : String(mail.port),
    security,
    user: mail?.user ?? "",
    password: "",
    from: mail?.from ?? "",
    to: mail?.to.join(", ") ?? "",
    language: view.language,
  };
}

/** The receivers that were typed, without blanks. */
export function receivers(to: string): string[] {
  return to.split(/[,;]/u).map((one) => one.trim()).filter((one) => one !== "");
}

/** What is saved. */
export function draftOf(form: NoticesForm): NoticesDraft {
  const given = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    desktop: form.desktop,
    webhook: form.webhook,
    webhook_url: form.webhook ? given(form.url) : null,
    mail: form.mail
      ? {
          server: form.server.trim(),
          port: Number(form.port),
          security: form.security,
          user: form.user.trim(),
          from: form.from.trim(),
          to: receivers(form.to),
        }
      : null,
    // A password is kept as it was typed: a blank may be part of it.
    mail_password: form.mail && form.password !== "" ? form.password : null,
    language: form.language,
  };
}

/** Whether an address is one that a webhook may go to: https, or http on this computer, and no user in it. */
function isWebhook(text: string): boolean {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return false;
  }
  if (url.username !== "" || url.password !== "" || isNumber(url.hostname)) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isHere(url.hostname));
}

/** Whether a server is named by its IP address, which is taken only of this computer. */
function isNumber(server: string): boolean {
  return !isHere(server) && (/^\d+(?:\.\d+){3}$/u.test(server) || server.includes(":"));
}

/** Whether a server is this computer. */
function isHere(server: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/iu.test(server);
}

const isAddress = (text: string) => /^[^\s@,;<>]+@[^\s@,;<>]+$/u.test(text);

/** Whether a password is stored for this server and user: it is never sent to another one. */
export function hasPassword({ server, user }: NoticesForm, { mail, mail_password }: NoticesView): boolean {
  return mail_password && mail !== null && server.trim() === mail.server && user.trim() === mail.user;
}

/** What is wrong, each beside its field; what is switched off is not looked at. */
export function faultsOf(form: NoticesForm, stored: NoticesView): Partial<Record<keyof NoticesForm, Fault>> {
  const faults: Partial<Record<keyof NoticesForm, Fault>> = {};
  if (form.webhook) {
    const url = form.url.trim();
    if (url === "" && stored.webhook_host === null) faults.url = "url.needed";
    else if (url !== "" && !isWebhook(url)) faults.url = "url.bad";
  }
  if (!form.mail) return faults;
  const server = form.server.trim();
  if (server === "") faults.server = "server.needed";
  else if (/[\s/@]/u.test(server) || isNumber(server)) faults.server = "server.bad";
  else if (form.security === "none" && !isHere(server)) faults.server = "server.away";
  const port = /^\d{1,5}$/u.test(form.port.trim()) ? Number(form.port) : 0;
  if (port < 1 || port > 65_535) faults.port = "port.bad";
  if (form.user.trim() !== "" && form.password === "" && !hasPassword(form, stored)) faults.password = "password.needed";
  if (!isAddress(form.from.trim())) faults.from = "from.bad";
  const to = receivers(form.to);
  if (to.length === 0) faults.to = "to.needed";
  else if (!to.every(isAddress)) faults.to = "to.bad";
  else if (to.length > MOST_RECEIVERS) faults.to = "to.many";
  return faults;
}
