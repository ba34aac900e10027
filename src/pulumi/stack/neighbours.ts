/** Shows, in a preview, deployments of plain compose that a first start may be confused with. */
import * as pulumi from "@pulumi/pulumi";
import { defaultProjectName } from "../../compose/project-name.ts";
import { deploymentOf } from "../../deployment/from-spec.ts";
import { engineOf } from "../../docker/endpoint-settings.ts";
import { listContainers, listVolumes } from "../../docker/engine-api.ts";
import { onDeployError } from "../../errors.ts";
import { composeProjects } from "../../observe/compose-projects.ts";
import { foundVolumeOf } from "../../observe/found-volumes.ts";
import { acceptedRisks } from "../../plan/accepted-risks.ts";
import { type Neighbours, neighboursOf } from "../../plan/neighbours.ts";
import { riskText } from "../../plan/text.ts";
import { allSettledOrThrow } from "../../process/async.ts";
import type { DeploymentSpec } from "../../spec/spec.ts";
import { PLAN_FORMAT_VARIABLE, risksLine } from "../cli/plans.ts";
import type { WantedName } from "./project-name.ts";

/** Longest look at the engine, in milliseconds: a preview is useful without it. */
const TIMEOUT_MS = 15_000;

/**
 * Logs what is beside a first start. Says nothing where the engine does not answer or the deployment is
 * refused: the project says so.
 *
 * @param stack the stack whose config has the settings; undefined for settings from elsewhere
 */
export function showNeighbours(
  spec: pulumi.Output<DeploymentSpec>,
  { origin }: WantedName,
  parent: pulumi.Resource,
  stack: string | undefined,
): void {
  if (!pulumi.runtime.isDryRun()) {
    return;
  }
  pulumi.all([spec, origin]).apply(async ([known, { from }]) => {
    const { risks, notes } = await onDeployError(
      () => lookFor(known, from === "setting", stack),
      (): Neighbours => ({ risks: [], notes: [] }),
    );
    if (risks.length > 0 && process.env[PLAN_FORMAT_VARIABLE] === "json") {
      await pulumi.log.info(risksLine(known.projectName, risks), parent);
    }
    const open = risks.filter(({ accepted }) => !accepted);
    for (const text of [...open.map((risk) => riskText(risk, stack)), ...notes]) {
      await pulumi.log.warn(text, parent);
    }
  });
}

async function lookFor(
  spec: DeploymentSpec,
  isNameChosen: boolean,
  stack: string | undefined,
): Promise<Neighbours> {
  const { projectName: project, lagoPath, composeFiles } = spec;
  const deployment = deploymentOf(spec, {});
  const call = {
    engine: engineOf(spec),
    purpose: `Looking for deployments beside project ${project}`,
    timeoutMs: TIMEOUT_MS,
  };
  const [containers, volumes] = await allSettledOrThrow([listContainers(call), listVolumes(call)]);
  return neighboursOf({
    project,
    files: deployment.composeFiles,
    nameOfCompose:
      lagoPath === undefined ? undefined : defaultProjectName(deployment.lagoPath, composeFiles),
    isNameChosen,
    acceptedRisks: acceptedRisks(spec),
    stack,
    projects: composeProjects(containers),
    volumes: volumes.map(foundVolumeOf),
  });
}
