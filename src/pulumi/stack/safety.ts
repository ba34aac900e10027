import * as pulumi from "@pulumi/pulumi";
import type { Finding } from "../../checks/index.ts";
import type { ComposeReads } from "../../compose/reads.ts";
import { deploymentOf } from "../../deployment/from-spec.ts";
import { acceptableSentence, findUnsafe, sentence } from "../../deployment/safety.ts";
import { type ConfigIssue, onDeployError } from "../../errors.ts";
import { LAGO_KEYS, variableOfKey } from "../../lago/lago-keys.ts";
import { areIdentifying, soundSpec } from "../../spec/sound.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import type { GivenSettings } from "./environment.ts";

/**
 * Settings that are not safe, each as a sentence without values. A preview shows those that are merely
 * worth a warning, unless it is refused. Keys that are not known before they are generated are sound by the way they are made.
 *
 * @param issues faults of further settings, which are left out of the spec
 */
export function unsafeSettings(
  spec: pulumi.Output<DeploymentSpec>,
  given: GivenSettings,
  issues: readonly ConfigIssue[],
  parent: pulumi.Resource,
  reads: ComposeReads,
): pulumi.Output<string[]> {
  const values = pulumi.all([spec, given.variables, given.extra ?? {}]);
  const judged = values.apply(async ([known, variables, extra]) => {
    const all = { ...variables, ...extra };
    const sound = soundSpec(known);
    const isOpen = areIdentifying([...issues, ...sound.issues]);
    const findings = isOpen ? [] : await findingsOf(sound.value, all, reads);
    const made = new Set(LAGO_KEYS.map(variableOfKey).filter((name) => !all[name]));
    const relevant = findings.filter(({ unsafeName }) => !made.has(variableOf(unsafeName)));
    const errors = relevant.filter(({ severity }) => severity === "error");
    // Refusals come first: warnings beside them would only stand in their way.
    if (pulumi.runtime.isDryRun() && errors.length + issues.length === 0) {
      await Promise.all(relevant.map((finding) => pulumi.log.warn(sentence(finding), parent)));
    }
    return errors.map(acceptableSentence);
  });
  return pulumi.unsecret(judged);
}

async function findingsOf(
  spec: DeploymentSpec,
  values: Record<string, string>,
  reads: ComposeReads,
): Promise<Finding[]> {
  // Files that cannot be read are for the project resource to report.
  return await onDeployError(
    () => findUnsafe(deploymentOf(spec, values, { reads })),
    () => [],
  );
}

function variableOf(unsafeName: string): string {
  return unsafeName.slice(unsafeName.indexOf(":") + 1);
}
