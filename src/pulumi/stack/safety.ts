import * as pulumi from "@pulumi/pulumi";
import type { Finding } from "../../checks/index.ts";
import type { ComposeReads } from "../../compose/reads.ts";
import { deploymentOf } from "../../deployment/from-spec.ts";
import { findUnsafe, refuseErrors, sentence } from "../../deployment/safety.ts";
import { onDeployError } from "../../errors.ts";
import { LAGO_KEYS, variableOfKey } from "../../lago/lago-keys.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import type { GivenSettings } from "./environment.ts";
import { asRunError } from "./run-error.ts";

/**
 * The spec, once the settings that are given are found safe: what is not is refused in the preview.
 * Keys that are not known before they are generated are sound by the way they are made.
 */
export function safeSpec(
  spec: pulumi.Output<DeploymentSpec>,
  given: GivenSettings,
  parent: pulumi.Resource,
  reads: ComposeReads,
): pulumi.Output<DeploymentSpec> {
  const values = pulumi.all([spec, given.variables, given.extra ?? {}]);
  const judged = values.apply(async ([known, variables, extra]) => {
    const all = { ...variables, ...extra };
    const findings = await findingsOf(known, all, reads);
    const made = new Set(LAGO_KEYS.map(variableOfKey).filter((name) => !all[name]));
    const relevant = findings.filter(({ unsafeName }) => !made.has(variableOf(unsafeName)));
    asRunError(() => refuseErrors(relevant));
    if (pulumi.runtime.isDryRun()) {
      const warnings = relevant.map((finding) => pulumi.log.warn(sentence(finding), parent));
      await Promise.all(warnings);
    }
    return known;
  });
  return pulumi.unsecret(judged);
}

async function findingsOf(
  spec: DeploymentSpec,
  values: Record<string, string>,
  reads: ComposeReads,
): Promise<Finding[]> {
  // Faults of the spec itself are for the project resource to report.
  return await onDeployError(
    () => findUnsafe(deploymentOf(spec, values, { reads })),
    () => [],
  );
}

function variableOf(unsafeName: string): string {
  return unsafeName.slice(unsafeName.indexOf(":") + 1);
}
