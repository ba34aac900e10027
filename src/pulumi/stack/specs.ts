/** Makes the inputs of each resource from the arguments of a `LagoStack`. */
import * as pulumi from "@pulumi/pulumi";
import type { ComposeReads } from "../../compose/compose-reads.ts";
import { ownVariables } from "../../compose/placement.ts";
import { deploymentOf } from "../../deployment/from-spec.ts";
import {
  type DockerEndpoint,
  engineOf,
  hasExplicitEndpoint,
} from "../../docker/endpoint-settings.ts";
import { onDeployError } from "../../errors.ts";
import type { PublishedPorts } from "../../ports/claims.ts";
import { ENGINE_NAMES, pick, SPEC_NAMES } from "../../spec/names.ts";
import { SETTINGS } from "../../spec/settings.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import type { LagoStackArgs } from "./args.ts";
import { chosenNames } from "./chosen-names.ts";
import {
  type GivenSettings,
  hasGeneratedRedisPassword,
  unchosenNames,
  variableNames,
} from "./environment.ts";
import type { OptIns } from "./project-faults.ts";
import { invalid, type ProgramFindings, refusalText, unsafeReasons } from "./refusal-text.ts";
import { toStateJson } from "./wire.ts";

/** Makes the spec of a deployment: everything but the values of its variables. */
export function specFromArgs(
  projectName: pulumi.Output<string>,
  args: LagoStackArgs,
  given: GivenSettings,
  reads: ComposeReads,
): pulumi.Output<DeploymentSpec> {
  // The running deployment does not depend on the removal of volumes at its end.
  const { removeVolumesOnDestroy, ...own } = args;
  const fields = {
    ...own,
    projectName,
    pullPolicy: args.pullPolicy ?? SETTINGS.pullPolicy.default,
    redisPasswordIsMade: hasGeneratedRedisPassword(given),
    variables: variableNames(args, given),
  };
  return pulumi
    .all([pick(fields, SPEC_NAMES), unchosenNames(args, given), chosenNames(args, given)])
    .apply(async ([known, unchosen, chosen]) => {
      const whole = toStateJson(known) as unknown as DeploymentSpec;
      const spec = whole.adopted === true ? { ...whole, variables: chosen } : whole;
      const made = await givenByFiles(spec, unchosen, reads);
      // Left out where there are none, as in the states of earlier releases.
      return made.length === 0 ? spec : { ...spec, madeVariables: made };
    });
}

/** Selects the variables that the compose files give to some service. */
async function givenByFiles(
  spec: DeploymentSpec,
  names: readonly string[],
  reads: ComposeReads,
): Promise<string[]> {
  // The project resource reports faults of the spec itself.
  return await onDeployError(
    async () => ownVariables(await deploymentOf(spec, {}, { reads }).model(), names),
    () => [],
  );
}

/** Replaces the name of the project by the one that the project keeps. */
export function withName(
  spec: pulumi.Output<DeploymentSpec>,
  name: pulumi.Output<string>,
): pulumi.Output<DeploymentSpec> {
  return pulumi.all([spec, name]).apply(([known, projectName]) => ({ ...known, projectName }));
}

/**
 * Replaces each `auto` in the spec by the allocated port. Fails with the program's findings, since
 * under Pulumi's mocks no resource has refused them before.
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
      return known.adopted === true
        ? { ...known, ...portsOfAdopted(known.ports, ports) }
        : { ...known, ports };
    });
}

/** Ports that somebody chose: containers of plain compose keep all others. */
function portsOfAdopted(
  wanted: DeploymentSpec["ports"],
  allocated: PublishedPorts,
): Pick<DeploymentSpec, "ports"> {
  return wanted === undefined ? {} : { ports: pick(allocated, wantedNames(wanted)) };
}

function wantedNames(wanted: NonNullable<DeploymentSpec["ports"]>) {
  return (["api", "front", "address"] as const).filter((name) => wanted[name] !== undefined);
}

/** Makes the engine of resources: none for docker's own settings, since they may change. */
export function engineInput(args: LagoStackArgs): pulumi.Output<DockerEndpoint | undefined> {
  return pulumi.output(pick(args, ENGINE_NAMES)).apply((given) => {
    const engine = engineOf(given);
    return hasExplicitEndpoint(engine) ? engine : undefined;
  });
}

/**
 * Picks the arguments that only the project resource checks. A change of them does not touch the
 * deployment.
 */
export function optInsOf({
  removeVolumesOnDestroy,
  allowProjectRename,
  allowHostChange,
}: LagoStackArgs): pulumi.Output<OptIns> {
  const all = pulumi.output({ removeVolumesOnDestroy, allowProjectRename, allowHostChange });
  return all.apply((optIns) => toStateJson(optIns) as OptIns);
}

/** Makes the input for destroying a deployment, which needs no folder, file or setting of Lago. */
export function destroySpecOf(projectName: pulumi.Output<string>, args: LagoStackArgs) {
  const { removeVolumesOnDestroy = false, lockTimeoutSeconds } = args;
  const engine = pick(args, ENGINE_NAMES);
  return { projectName, ...engine, removeVolumesOnDestroy, lockTimeoutSeconds };
}
