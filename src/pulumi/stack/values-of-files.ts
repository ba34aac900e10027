/** Values that the compose files of a stack give by themselves. */
import * as pulumi from "@pulumi/pulumi";
import type { ComposeReads } from "../../compose/compose-reads.ts";
import { deploymentOf } from "../../deployment/from-spec.ts";
import { onDeployError } from "../../errors.ts";
import { CONFIG_FIELDS } from "../../lago/config/fields.ts";
import type { KeyName } from "../../lago/lago-keys.ts";
import { localUrl } from "../../ports/local-urls.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import { PUBLISHED_SERVICES } from "../../spec/wanted-ports.ts";
import { isLoopback } from "../../text/url.ts";
import type { LagoStackArgs } from "./args.ts";
import type { GivenSettings } from "./environment.ts";

/** Fields whose variables every deployment has, chosen or not. */
const PUBLIC_FIELDS = ["apiUrl", "frontUrl", "disableSignup"] as const;

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
  const fields = PUBLIC_FIELDS.filter(
    (name) =>
      config[name] === undefined && !(name === "disableSignup" && organization !== undefined),
  ).map((name) => CONFIG_FIELDS[name].variable);
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
  const variables: Record<string, string> = {};
  const ports = await deployment.portsInFiles();
  for (const name of names) {
    const service = PUBLISHED_SERVICES.find((one) => CONFIG_FIELDS[`${one}Url`].variable === name);
    const found = await deployment.valueInFiles(name);
    const isChosen = service !== undefined && spec.ports?.[service] !== undefined;
    // An address of this host follows from the port, unless the files insist on the address.
    const follows =
      service !== undefined &&
      (found === undefined || (isLoopback(found.value) && (found.isDefault || isChosen)));
    const port = service === undefined ? undefined : ports[service];
    if (found !== undefined && !follows) {
      variables[name] = found.value;
    } else if (typeof port === "number" && !isChosen && environment.LAGO_DOMAIN === undefined) {
      variables[name] = localUrl(port);
    }
  }
  return { keys: await deployment.keysInFiles(), variables };
}
