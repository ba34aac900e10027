import { isLocalEngine } from "../docker/endpoint.ts";
import { hostBindings, hostContainers } from "../docker/host-ports.ts";
import { type ConfigIssue, DeployError } from "../errors.ts";
import { otherClaims, portClaims } from "../ports/claims.ts";
import { findNameConflicts, findPortConflicts } from "../ports/conflicts.ts";
import { allSettledOrThrow } from "../process/async.ts";
import type { LagoDeployment } from "./lago-deployment.ts";
import type { ComposeProject } from "./project.ts";

/**
 * Looks for what others hold on the host and this deployment is about to claim: ports and container
 * names. Touches nothing.
 *
 * @throws DeployError when docker cannot be asked
 */
export async function findConflicts(deployment: LagoDeployment): Promise<ConfigIssue[]> {
  const { project, options } = deployment;
  const [model, ports, containers, local] = await allSettledOrThrow([
    deployment.model(),
    deployment.ports(),
    hostContainers(project.engine, options.signal),
    isLocalEngine(project.engine, options.signal),
  ]);
  const isolated = options.isolated !== false;
  const names = model.services.map(({ name, containerName }) =>
    isolated || containerName === undefined ? `${project.name}-${name}-1` : containerName,
  );
  return [
    // Files that run as they are publish where they say; compose itself reports what is taken then.
    ...(isolated
      ? await findPortConflicts(
          project.name,
          [...portClaims(ports), ...otherClaims(model, deployment.environment)],
          { containers, local, ownPorts: () => livingPorts(project, options.signal) },
        )
      : []),
    ...findNameConflicts(project.name, names, containers),
  ];
}

async function livingPorts(
  { name, engine }: ComposeProject,
  signal: AbortSignal | undefined,
): Promise<Set<number>> {
  const bindings = await hostBindings(engine, signal);
  const own = bindings.filter((one) => one.project === name && one.lives);
  return new Set(own.map(({ hostPort }) => hostPort));
}

/** @throws DeployError of kind `PortTaken` that names every conflict with its owner */
export async function requireNoConflicts(deployment: LagoDeployment): Promise<void> {
  const issues = await findConflicts(deployment);
  if (issues.length > 0) {
    const lines = issues.map(({ field, message }) => `  ${field}: ${message}`);
    throw new DeployError(
      "PortTaken",
      `Project ${deployment.project.name} was not started, others are in its way:\n${lines.join("\n")}`,
      { issues },
    );
  }
}
