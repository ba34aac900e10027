import { BOOLEAN, TEXT, type VariableEntry } from "../types.ts";

const CREATED = { variable: "LAGO_CREATE_ORG", equals: "true" } as const;

/**
 * Sources: getlago/lago-api `app/services/users_service.rb`, `lib/tasks/signup.rake`,
 * `scripts/migrate.sh`; getlago/lago-front `.env.sh`. What the migration does with the variables of the
 * organization is told in `first-organization.ts`.
 */
export const SIGNUP = [
  {
    name: "LAGO_DISABLE_SIGNUP",
    setting: "signup.disabled",
    type: BOOLEAN,
    // Lago's file passes this to the api only: the front keeps offering a sign-up that the api
    // refuses.
    summary: "Whether visitors are kept from opening an organization of their own",
    roles: ["api", "front"],
    effect: "override",
    packageDefault: "false",
    lagoDefault: "false",
    unsafeDefault: "on a public address every visitor can open an organization",
    since: "v1.6.1",
  },
  {
    name: "LAGO_CREATE_ORG",
    setting: "signup.organization.create",
    type: BOOLEAN,
    summary: "Whether the first organization is opened, once Lago runs and its data has none",
    roles: ["migrate"],
    effect: "file",
    lagoDefault: "false",
    change: "first-organization",
  },
  {
    name: "LAGO_ORG_NAME",
    setting: "signup.organization.name",
    type: TEXT,
    summary: "Name of the first organization",
    roles: ["migrate"],
    effect: "file",
    requiredWhen: CREATED,
    lagoDefault: "",
    change: "first-organization",
  },
  {
    name: "LAGO_ORG_USER_EMAIL",
    setting: "signup.organization.userEmail",
    type: TEXT,
    summary: "E-mail address of its first user",
    roles: ["migrate"],
    effect: "file",
    requiredWhen: CREATED,
    lagoDefault: "",
    change: "first-organization",
  },
  {
    name: "LAGO_ORG_USER_PASSWORD",
    setting: "signup.organization.userPassword",
    type: TEXT,
    summary: "Password of its first user",
    roles: ["migrate"],
    effect: "file",
    secret: true,
    requiredWhen: CREATED,
    lagoDefault: "",
    change: "first-organization",
  },
  {
    name: "LAGO_ORG_API_KEY",
    setting: "signup.organization.apiKey",
    type: TEXT,
    summary: "API key of the first organization; Lago makes one up unless given",
    roles: ["migrate"],
    effect: "file",
    secret: true,
    lagoDefault: "",
    change: "first-organization",
  },
  {
    // The name in this package's LagoConfig; the override passes the value on under Lago's name.
    name: "LAGO_API_KEY",
    type: TEXT,
    summary: "Another name of LAGO_ORG_API_KEY",
    roles: ["migrate"],
    as: { migrate: "LAGO_ORG_API_KEY" },
    secret: true,
    instead: "LAGO_ORG_API_KEY",
    change: "first-organization",
  },
] as const satisfies readonly VariableEntry[];

/** Source: getlago/lago-api `app/services/auth/google_service.rb`. */
export const GOOGLE = [
  {
    name: "GOOGLE_AUTH_CLIENT_ID",
    setting: "google.clientId",
    type: TEXT,
    summary: "Client of Google's log-in",
    effect: "file",
    requiredWhen: { variable: "GOOGLE_AUTH_CLIENT_SECRET" },
    lagoDefault: "",
  },
  {
    name: "GOOGLE_AUTH_CLIENT_SECRET",
    setting: "google.clientSecret",
    type: TEXT,
    summary: "Secret of that client",
    effect: "file",
    secret: true,
    requiredWhen: { variable: "GOOGLE_AUTH_CLIENT_ID" },
    lagoDefault: "",
  },
] as const satisfies readonly VariableEntry[];
