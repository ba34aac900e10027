/** Values that the compose files of a stack give by themselves. */
import * as pulumi from "@pulumi/pulumi";
import type { ComposeReads } from "../../compose/compose-reads.ts";
import { deploymentOf } from "../../deployment/from-spec.ts";
import { PUBLIC_VARIABLES } from "../../deployment/public-values.ts";
import { onDeployError } from "../../errors.ts";
import { CONFIG_FIELD_NAMES, CONFIG_FIELDS } from "../../lago/config/fields.ts";
import type { KeyName } from "../../lago/lago-keys.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import type { LagoStackArgs } from "./args.ts";
import type { GivenSettings } from "./environment.ts";

/** Values that take the place of generated ones and of defaults. */
interface ValuesOfFiles {
  /** Secret. */
  readonly keys: Partial<Record<KeyName, string>>;
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Adds the keys that the files give to those of the settings, and their URLs and switches where the
 * settings choose none. They are the keys of the data, so none is generated in their place, and the
 * outputs and saved copies have them.
 *
 * @returns the settings with these values, and the URLs and switches of the files alone
 */
export function withValuesOfFiles(
  args: LagoStackArgs,
  given: GivenSettings,
  spec: pulumi.Output<DeploymentSpec>,
  reads: ComposeReads,
): { readonly given: GivenSettings; readonly ofFiles: pulumi.Output<Record<string, string>> } {
  const { config = {}, organization } = args;
  const chosen = CONFIG_FIELD_NAMES.filter(
    (name) =>
      config[name] !== undefined || (name === "disableSignup" && organization !== undefined),
  ).map((name) => CONFIG_FIELDS[name].variable as string);
  const fields = PUBLIC_VARIABLES.filter((name) => !chosen.includes(name));
  const found = pulumi
    .all([spec, given.variables, given.extra ?? {}])
    .apply(async ([known, variables, extra]): Promise<ValuesOfFiles> => {
      const names = fields.filter((name) => extra[name] === undefined);
      // The project resource reports faults of the spec and of the files.
      return await onDeployError(
        () => valuesOf(known, { ...variables, ...extra }, names, reads),
        () => ({ keys: {}, variables: {} }),
      );
    });
  const keys = pulumi.all([found, given.keys]).apply(([ofFiles, own]) => ({
    ...ofFiles.keys,
    ...own,
  }));
  const variables = pulumi.all([found, given.variables]).apply(([ofFiles, own]) => ({
    ...own,
    ...ofFiles.variables,
  }));
  return {
    given: { ...given, keys: pulumi.secret(keys), variables: pulumi.secret(variables) },
    ofFiles: found.apply((values) => ({ ...values.variables })),
  };
}

async function valuesOf(
  spec: DeploymentSpec,
  environment: Readonly<Record<string, string>>,
  names: readonly string[],
  reads: ComposeReads,
): Promise<ValuesOfFiles> {
  const deployment = deploymentOf(spec, environment, { reads });
  const variables = await deployment.publicValues(names);
  return { keys: await deployment.keysInFiles(), variables };
}
