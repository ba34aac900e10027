/** What the arguments of a `LagoStack` say to each of its resources. */
import * as pulumi from "@pulumi/pulumi";
import { type Engine, engineOf, isChosen } from "../../docker/endpoint-settings.ts";
import type { PublishedPorts } from "../../ports/claims.ts";
import { ENGINE_NAMES, pick, SPEC_NAMES } from "../../spec/names.ts";
import { SETTINGS } from "../../spec/settings.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import type { LagoStackArgs } from "./args.ts";
import { type GivenSettings, hasGeneratedRedisPassword, variableNames } from "./environment.ts";
import type { OptIns } from "./project-faults.ts";
import { invalid, type ProgramFindings, refusalText, unsafeReasons } from "./refusals.ts";
import { toStateJson } from "./wire.ts";

/** Everything about the deployment but the values of its variables. */
export function specFromArgs(
  projectName: pulumi.Output<string>,
  args: LagoStackArgs,
  given: GivenSettings,
): pulumi.Output<DeploymentSpec> {
  // Which volumes go at its end is no matter of the deployment that runs.
  const { removeVolumesOnDestroy, ...own } = args;
  const fields = {
    ...own,
    projectName,
    pullPolicy: args.pullPolicy ?? SETTINGS.pullPolicy.default,
    redisPasswordIsMade: hasGeneratedRedisPassword(given),
    variables: variableNames(args, given),
  };
  return pulumi
    .output(pick(fields, SPEC_NAMES))
    .apply((spec) => toStateJson(spec) as unknown as DeploymentSpec);
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
export function engineInput(args: LagoStackArgs): pulumi.Output<Engine | undefined> {
  return pulumi.output(pick(args, ENGINE_NAMES)).apply((given) => {
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
  return all.apply((optIns) => toStateJson(optIns) as OptIns);
}

/** What the end of a deployment needs: no folder, no file and no setting of Lago. */
export function destroySpecOf(projectName: pulumi.Output<string>, args: LagoStackArgs) {
  const { removeVolumesOnDestroy = false, lockTimeoutSeconds } = args;
  const engine = pick(args, ENGINE_NAMES);
  return { projectName, ...engine, removeVolumesOnDestroy, lockTimeoutSeconds };
}
