/** The first organization of a `LagoStack`. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { type ConfigIssue, issuesIn } from "../../errors.ts";
import {
  ORGANIZATION_VARIABLES,
  type OrganizationLogin,
  type OrganizationOwner,
  ownerVariables,
} from "../../lago/first-organization.ts";
import { judge, shapeOf } from "../../spec/validate.ts";
import type { LagoStackArgs } from "./args.ts";
import { toStateJson } from "./wire.ts";

const schema = z.strictObject(shapeOf(["organization"]));

/** Names of the variables that an organization sets. */
export const OWN_VARIABLES: readonly string[] = ORGANIZATION_VARIABLES.filter(
  (name) => name !== "LAGO_API_KEY",
);

/** Variables of the organization without the secrets, and the faults of its settings. */
export interface GivenOrganization {
  readonly variables: Readonly<Record<string, string>>;
  readonly issues: readonly ConfigIssue[];
}

/**
 * Judges the organization of a stack.
 *
 * @param extra variables from `settings` and `environment`
 */
export function givenOrganization(
  organization: pulumi.Input<unknown>,
  extra: LagoStackArgs["environment"],
): pulumi.Output<GivenOrganization> {
  return pulumi.all([organization, extra ?? {}]).apply(([given, more]) => {
    if (given === undefined) {
      return { variables: {}, issues: [] };
    }
    const owner = toStateJson(given) as OrganizationOwner;
    const issues = issuesIn(() => judge("organization", schema, { organization: owner }));
    const isTwice = OWN_VARIABLES.some((name) => Object.hasOwn(more, name));
    const twice = {
      field: "organization",
      message: "give this or settings.signup.organization, not both",
    };
    return {
      variables: issues.length > 0 ? {} : ownerVariables(owner),
      issues: [...issues, ...(isTwice ? [twice] : [])],
    };
  });
}

/**
 * Variables that have the migration open the organization of a login. The secrets are secret. A login
 * without a password is that of an organization that was opened long ago, so that nobody opens it.
 */
export function loginVariables(
  login: pulumi.Output<OrganizationLogin>,
): Record<string, pulumi.Output<string>> {
  const open = (value: (known: OrganizationLogin) => string) => pulumi.unsecret(login.apply(value));
  const secret = (value: (known: OrganizationLogin) => string | undefined) =>
    pulumi.secret(login.apply((known) => value(known) ?? ""));
  return {
    LAGO_CREATE_ORG: open(({ password }) => String(password !== undefined)),
    LAGO_ORG_NAME: open(({ name }) => name),
    LAGO_ORG_USER_EMAIL: open(({ email }) => email),
    LAGO_ORG_USER_PASSWORD: secret(({ password }) => password),
    LAGO_ORG_API_KEY: secret(({ apiKey }) => apiKey),
  };
}

/**
 * Warns in a preview of settings that came after the organization was opened, and so have no effect.
 * Nothing is known before the login is.
 */
export function warnOfLateChanges(
  login: pulumi.Output<OrganizationLogin>,
  { organization, config }: LagoStackArgs,
  parent: pulumi.Resource,
): void {
  pulumi.all([login, organization, config?.apiKey]).apply(async ([known, wanted, apiKey]) => {
    const changed = [
      ...(known.name === wanted?.name ? [] : ["organization.name"]),
      ...(known.email === wanted?.email ? [] : ["organization.email"]),
      ...(apiKey === undefined || known.apiKey === apiKey ? [] : ["apiKey"]),
    ];
    if (pulumi.runtime.isDryRun() && changed.length > 0) {
      const message = `${changed.join(" and ")} changed and has no effect any more: the organization was opened as ${known.name} with ${known.email}. Change it in Lago, under Settings, and set the config back.`;
      await pulumi.log.warn(message, parent);
    }
  });
}
