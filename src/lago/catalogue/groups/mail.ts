import { BACKEND, BOOLEAN, HTTP_URL, PORT, TEXT, type VariableEntry } from "../types.ts";

/** Source: getlago/lago-api `config/environments/production.rb`. */
export const MAIL = [
  {
    name: "LAGO_FROM_EMAIL",
    setting: "mail.from",
    type: TEXT,
    summary: "Sender of Lago's own e-mails",
    effect: "file",
    requiredWhen: { variable: "LAGO_SMTP_ADDRESS" },
    lagoDefault: "",
  },
  {
    name: "LAGO_SMTP_ADDRESS",
    setting: "mail.smtpAddress",
    type: TEXT,
    summary: "Host name of the mail server; no e-mail is sent without one",
    effect: "file",
    lagoDefault: "",
  },
  {
    name: "LAGO_SMTP_PORT",
    setting: "mail.smtpPort",
    type: PORT,
    summary: "Port of the mail server",
    effect: "file",
    lagoDefault: "587",
  },
  {
    name: "LAGO_SMTP_USERNAME",
    setting: "mail.smtpUsername",
    type: TEXT,
    summary: "User at the mail server",
    effect: "file",
    secret: true,
    lagoDefault: "",
  },
  {
    name: "LAGO_SMTP_PASSWORD",
    setting: "mail.smtpPassword",
    type: TEXT,
    summary: "Password at the mail server",
    effect: "file",
    secret: true,
    requiredWhen: { variable: "LAGO_SMTP_USERNAME" },
    lagoDefault: "",
  },
  {
    name: "LAGO_SMTP_DOMAIN",
    setting: "mail.smtpDomain",
    type: TEXT,
    summary: "Domain that Lago introduces itself with to the mail server",
  },
] as const satisfies readonly VariableEntry[];

/** Sources: getlago/lago `docker-compose.yml`; getlago/lago-api `app/services/invoices`. */
export const PDF = [
  {
    name: "LAGO_PDF_URL",
    setting: "pdf.url",
    type: HTTP_URL,
    summary: "The Gotenberg service that makes PDFs",
    effect: "file",
    lagoDefault: "http://pdf:3000",
  },
  {
    name: "LAGO_DISABLE_PDF_GENERATION",
    setting: "pdf.disabled",
    type: BOOLEAN,
    summary: "Whether no PDF is made of invoices, credit notes and receipts",
    roles: [...BACKEND, "front"],
    effect: "file",
    lagoDefault: "false",
    since: "v1.16.1",
  },
] as const satisfies readonly VariableEntry[];
