/** Deployments that a previewed program declares. */
import { z } from "zod";
import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import type { PreviewDigest } from "../pulumi/cli/preview-digest.ts";
import { SERVICE_TYPE } from "../pulumi/cli/resource-types.ts";

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

const serviceSchema = z.looseObject({
  type: z.literal(SERVICE_TYPE),
  inputs: z.looseObject({
    projectName: z.string(),
    service: z.string(),
    engine: z
      .object({
        dockerHost: z.string().optional(),
        dockerContext: z.string().optional(),
        dockerCertPath: z.string().optional(),
      })
      .optional()
      // Not known before the deploy where the program computes the value.
      .catch(undefined),
    oneShot: z.boolean().default(false).catch(false),
  }),
});

/** Collects the deployments that stand behind the services of a preview. */
export function plannedDeployments({ steps }: PreviewDigest): PlannedDeployment[] {
  const services = new Map<string, z.output<typeof serviceSchema>["inputs"]>();
  // Of services that stay as they are, the preview lists the refresh alone.
  for (const { op, urn, newState, oldState } of steps) {
    const parsed = serviceSchema.safeParse(newState ?? oldState);
    if (op === "delete") {
      services.delete(urn);
    } else if (parsed.success) {
      services.set(urn, parsed.data.inputs);
    }
  }
  const byProject = Map.groupBy(services.values(), ({ projectName }) => projectName);
  return [...byProject].map(([projectName, all]) => ({
    projectName,
    engine: all[0]?.engine ?? {},
    services: all
      .map(({ service, oneShot }) => ({ name: service, oneShot }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  }));
}
