/** Deployments that a previewed program declares. */
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import type { PreviewDigest } from "../pulumi/cli/preview-digest.ts";
import { previewedServices } from "../pulumi/cli/previewed-services.ts";

/** Service that a program declares. */
export interface PlannedService {
  readonly name: string;
  /** Whether the service runs once and ends. */
  readonly oneShot: boolean;
}

/** Deployment that a program declares. */
export interface PlannedDeployment {
  /** Compose project of the deployment. */
  readonly projectName: string;
  readonly engine: DockerEndpoint;
  /** In the order of their names. */
  readonly services: readonly PlannedService[];
}

/** Collects the deployments that stand behind the services of a preview. */
export function plannedDeployments({ steps }: PreviewDigest): PlannedDeployment[] {
  const declared = previewedServices(steps).filter(({ operation }) => operation !== "delete");
  const byProject = Map.groupBy(declared, ({ projectName }) => projectName);
  return [...byProject].map(([projectName, all]) => ({
    projectName,
    engine: all[0]?.engine ?? {},
    services: all.map(({ service, oneShot }) => ({ name: service, oneShot })),
  }));
}
