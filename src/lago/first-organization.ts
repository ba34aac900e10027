/**
 * The first organization of a Lago. The migration opens it when its variables say so, at every run:
 * a later run fails when the organization was renamed or its key was replaced in the meantime. So the
 * variables reach Lago only while there is no organization.
 */

/** Name and first user of an organization. */
export interface OrganizationOwner {
  readonly name: string;
  /** E-mail address of the first user. */
  readonly email: string;
}

/** An organization with the secrets that it was opened with. */
export interface OrganizationLogin extends OrganizationOwner {
  /** Password of the first user. A secret; undefined where an earlier state alone knew it. */
  readonly password?: string | undefined;
  /** API key of the organization. A secret; undefined where an earlier state alone knew it. */
  readonly apiKey?: string | undefined;
}

type Variables = Readonly<Record<string, string>>;

/** Variables of the first organization. Containers that stay never have them. */
export const ORGANIZATION_VARIABLES = [
  "LAGO_CREATE_ORG",
  "LAGO_ORG_NAME",
  "LAGO_ORG_USER_EMAIL",
  "LAGO_ORG_USER_PASSWORD",
  "LAGO_ORG_API_KEY",
  "LAGO_API_KEY",
] as const;

/** Variables that have the migration open an organization, without the secrets. */
export function ownerVariables({ name, email }: OrganizationOwner): Record<string, string> {
  return { LAGO_CREATE_ORG: "true", LAGO_ORG_NAME: name, LAGO_ORG_USER_EMAIL: email };
}

/** Whether the variables have the migration open an organization. */
export function opensOrganization(variables: Variables): boolean {
  return variables.LAGO_CREATE_ORG === "true";
}

/** Copies variables without those of the first organization. */
export function withoutOrganization(variables: Variables): Record<string, string> {
  const names: readonly string[] = ORGANIZATION_VARIABLES;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.includes(name)));
}

/**
 * Closes sign-up beside an organization, unless the fields of `LagoConfig` say otherwise: nobody has
 * to sign up then.
 */
export function withSignupClosed<T extends { readonly disableSignup?: unknown }>(
  config: T,
  organization: unknown,
): T {
  return organization !== undefined && config.disableSignup === undefined
    ? { ...config, disableSignup: true }
    : config;
}
