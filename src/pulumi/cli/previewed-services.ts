/** Services of a previewed program, from the steps of their resources. */
import { z } from "zod";
import type { DockerEndpoint } from "../../docker/endpoint-settings.ts";
import type { PreviewStep } from "./preview-digest.ts";
import { SERVICE_TYPE } from "./resource-types.ts";
import { hasUnknown } from "./unknown-values.ts";

/** A service as a preview has it. */
export interface PreviewedService {
  readonly projectName: string;
  readonly service: string;
  readonly engine: DockerEndpoint;
  /** Whether the service runs once and ends. */
  readonly oneShot: boolean;
  /** Pulumi's word; `refresh` for a service that stays as it is. */
  readonly operation: string;
  /** Whether the declaration has values that are known only during the deploy. */
  readonly isUndecided: boolean;
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
      .default({})
      // Not known before the deploy where the program computes the value.
      .catch({}),
    oneShot: z.boolean().default(false).catch(false),
  }),
});

/** Collects the services of a preview, those that a deploy would remove among them. */
export function previewedServices(steps: readonly PreviewStep[]): PreviewedService[] {
  const services = new Map<string, PreviewedService>();
  // Of services that stay as they are, the preview lists the refresh alone.
  for (const { op, urn, newState, oldState } of steps) {
    const parsed = serviceSchema.safeParse(newState ?? oldState);
    if (parsed.success) {
      const { projectName, service, engine, oneShot } = parsed.data.inputs;
      const isUndecided = hasUnknown(parsed.data.inputs);
      services.set(urn, {
        ...{ projectName, service, engine, oneShot },
        ...{ operation: op, isUndecided },
      });
    }
  }
  return [...services.values()].sort((a, b) => (a.service < b.service ? -1 : 1));
}
