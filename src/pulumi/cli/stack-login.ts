/** Login of the organization that a Pulumi stack has opened. */
import { z } from "zod";
import { STACK_TYPE } from "./resource-types.ts";
import { type StateResource, secretJson } from "./stack-state.ts";

const loginSchema = z.object({
  url: z.string(),
  email: z.string(),
  password: z.string().optional(),
  apiKey: z.string().optional(),
});

/** How to log in to an organization. Holds secrets. */
export type StackLogin = z.output<typeof loginSchema>;

const outputsSchema = z.object({
  projectName: z.string(),
  frontUrl: z.string().optional(),
  login: secretJson.pipe(loginSchema).optional(),
  services: z.array(z.object({ standIn: z.boolean() })).catch([]),
});

/** A deployment in a state. */
export interface DeploymentLogin {
  readonly projectName: string;
  /** URL of the front; undefined in a state of an unfinished first update. */
  readonly frontUrl: string | undefined;
  /** Undefined for a stack that opens no organization. */
  readonly login: StackLogin | undefined;
  /** Whether stand-ins take the place of Lago's own images. */
  readonly hasStandIns: boolean;
}

/** Lists the deployments of a state. A deployment that was never finished is left out. */
export function loginsIn(resources: readonly StateResource[]): DeploymentLogin[] {
  return resources
    .filter(({ type }) => type === STACK_TYPE)
    .flatMap(({ outputs }) => {
      const parsed = outputsSchema.safeParse(outputs).data;
      if (parsed === undefined) {
        return [];
      }
      const { services, projectName, frontUrl, login } = parsed;
      const hasStandIns = services.some(({ standIn }) => standIn);
      return [{ projectName, frontUrl, login, hasStandIns }];
    });
}
