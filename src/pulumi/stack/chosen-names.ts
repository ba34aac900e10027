/** Names of the variables of a stack that somebody chose. */
import type * as pulumi from "@pulumi/pulumi";
import { CONFIG_FIELD_NAMES, CONFIG_FIELDS } from "../../lago/config/fields.ts";
import type { LagoStackArgs } from "./args.ts";
import { extraNames, type GivenSettings } from "./environment.ts";
import { OWN_VARIABLES } from "./organization.ts";

/**
 * Names of the variables that settings give, sorted: without defaults, generated keys, and what follows
 * from others. The names are not secret.
 */
export function chosenNames(
  { config = {}, organization }: LagoStackArgs,
  { extra }: GivenSettings,
): pulumi.Output<string[]> {
  const fields = CONFIG_FIELD_NAMES.filter((name) => config[name] !== undefined);
  const own = [
    ...fields.map((name) => CONFIG_FIELDS[name].variable),
    ...(organization === undefined ? [] : OWN_VARIABLES),
  ];
  return extraNames(extra).apply((more) => [...new Set([...own, ...more])].sort());
}
