/** Keys that the compose files of a stack give by themselves. */
import * as pulumi from "@pulumi/pulumi";
import type { ComposeReads } from "../../compose/compose-reads.ts";
import { deploymentOf } from "../../deployment/from-spec.ts";
import { onDeployError } from "../../errors.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import type { GivenSettings } from "./environment.ts";

/**
 * Adds the keys that the files give to those of the settings: they are the keys of the data, so none is
 * generated in their place, and the outputs and saved copies have them.
 */
export function withKeysOfFiles(
  given: GivenSettings,
  spec: pulumi.Output<DeploymentSpec>,
  reads: ComposeReads,
): GivenSettings {
  const all = pulumi.all([spec, given.variables, given.extra ?? {}, given.keys]);
  const keys = all.apply(async ([known, variables, extra, ofSettings]) => {
    // The project resource reports faults of the spec and of the files.
    const ofFiles = await onDeployError(
      async () => await deploymentOf(known, { ...variables, ...extra }, { reads }).keysInFiles(),
      () => ({}),
    );
    return { ...ofFiles, ...ofSettings };
  });
  return { ...given, keys: pulumi.secret(keys) };
}
