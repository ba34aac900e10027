/** What the arguments of a `LagoStack` say to each of its resources. */
import * as pulumi from "@pulumi/pulumi";
import { type Engine, engineOf, isChosen } from "../../docker/endpoint-settings.ts";
import type { PublishedPorts } from "../../ports/claims.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import type { LagoStackArgs } from "./args.ts";
import { type GivenSettings, hasMadeRedisPassword, variableNames } from "./environment.ts";
import type { OptIns } from "./project-faults.ts";
import { invalid, type ProgramFindings, refusalText, unsafeReasons } from "./refusals.ts";
import { toWire } from "./wire.ts";

/** Everything about the deployment but the values of its variables. */
export function specOf(
  projectName: pulumi.Output<string>,
  args: LagoStackArgs,
  given: GivenSettings,
): pulumi.Output<DeploymentSpec> {
  const { lagoPath, composeFiles, profiles, ports, pullPolicy, startTimeoutSeconds } = args;
  const { version, memoryLimits, workers, restartToken, lockTimeoutSeconds } = args;
  const { allowKeyChange, allowVolumeChange, allowUnsafe } = args;
  const { dockerHost, dockerContext, dockerCertPath } = args;
  return pulumi
    .output({
      projectName,
      dockerHost,
      dockerContext,
      dockerCertPath,
      lagoPath,
      composeFiles,
      profiles,
      ports,
      pullPolicy: pullPolicy ?? "missing",
      startTimeoutSeconds,
      lockTimeoutSeconds,
      version,
      memoryLimits,
      workers,
      restartToken,
      redisPasswordIsMade: hasMadeRedisPassword(given),
      allowKeyChange,
      allowVolumeChange,
      allowUnsafe,
      variables: variableNames(args, given),
    })
    .apply((spec) => toWire(spec) as DeploymentSpec);
}

/**
 * The spec with the ports that were allocated in the place of each `auto`. Fails with the program's
 * findings: under Pulumi's mocks no resource has refused them before.
 */
export function withAllocatedPorts(
  spec: pulumi.Output<DeploymentSpec>,
  allocated: pulumi.Output<PublishedPorts>,
  findings: { readonly [K in keyof ProgramFindings]: pulumi.Output<ProgramFindings[K]> },
): pulumi.Output<DeploymentSpec> {
  return pulumi
    .all([spec, allocated, findings.invalid, findings.unsafe])
    .apply(([known, ports, issues, unsafe]) => {
      const reasons = [...invalid(issues), ...unsafeReasons({ invalid: issues, unsafe })];
      if (reasons.length > 0) {
        throw new pulumi.RunError(refusalText(known.projectName, reasons));
      }
      return { ...known, ports };
    });
}

/** The engine as resources have it: none where docker's own settings say it, as they may change. */
export function engineInput({
  dockerHost,
  dockerContext,
  dockerCertPath,
}: LagoStackArgs): pulumi.Output<Engine | undefined> {
  const settings = pulumi.output({ dockerHost, dockerContext, dockerCertPath });
  return settings.apply((given) => {
    const engine = engineOf(given);
    return isChosen(engine) ? engine : undefined;
  });
}

/** What only the project resource judges, so that no change of it touches the deployment. */
export function optInsOf({
  removeVolumesOnDestroy,
  allowProjectRename,
  allowHostChange,
}: LagoStackArgs): pulumi.Output<OptIns> {
  const all = pulumi.output({ removeVolumesOnDestroy, allowProjectRename, allowHostChange });
  return all.apply((optIns) => toWire(optIns) as OptIns);
}

/** What the end of a deployment needs: no folder, no file and no setting of Lago. */
export function destroySpecOf(projectName: pulumi.Output<string>, args: LagoStackArgs) {
  const { removeVolumesOnDestroy = false, lockTimeoutSeconds } = args;
  const { dockerHost, dockerContext, dockerCertPath } = args;
  const engine = { dockerHost, dockerContext, dockerCertPath };
  return { projectName, ...engine, removeVolumesOnDestroy, lockTimeoutSeconds };
}
