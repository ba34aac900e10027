/** Deployments of Lago in the state of a stack. */
import { z } from "zod";
import { DEFAULT_ENGINE, type DockerEndpoint, engineOf } from "../../docker/endpoint-settings.ts";
import { DeployError } from "../../errors.ts";
import { tryJson } from "../../text/json.ts";
import { pulumi, type StackOptions } from "./run.ts";

/** A deployment of a stack: its compose project and the engine that runs the project. */
export interface DeployedProject {
  readonly projectName: string;
  readonly engine: DockerEndpoint;
}

const PROJECT_TYPE = "pulumi-nodejs:dynamic/lago:Project";

const stateSchema = z.object({
  deployment: z.object({
    resources: z
      .array(
        z.looseObject({
          type: z.string(),
          id: z.string().optional(),
          outputs: z.unknown().optional(),
        }),
      )
      .default([]),
  }),
});

/** Outputs with the project's name and engine. The id stays the project's first name. */
const outputsSchema = z.object({
  spec: z.object({
    projectName: z.string(),
    dockerHost: z.string().optional(),
    dockerContext: z.string().optional(),
    dockerCertPath: z.string().optional(),
  }),
});

/**
 * Reads the deployments in a stack's state; empty before the first deploy and after a destroy.
 *
 * @throws DeployError of kind `CommandFailed`, `CommandExecution` or `ParseError`
 */
export async function deployedProjects(options: StackOptions): Promise<DeployedProject[]> {
  const { stdout } = await pulumi(options, ["stack", "export"]);
  return projectsIn(stdout);
}

/**
 * Reads the deployments in the output of `pulumi stack export`.
 *
 * @throws DeployError of kind `ParseError`
 */
export function projectsIn(exported: string): DeployedProject[] {
  const state = stateSchema.safeParse(tryJson(exported)).data;
  if (state === undefined) {
    throw new DeployError(
      "ParseError",
      "The output of `pulumi stack export` is not of the expected form.",
    );
  }
  return state.deployment.resources
    .filter(({ type, id }) => type === PROJECT_TYPE && id !== undefined)
    .map(({ id = "", outputs }) => {
      const spec = outputsSchema.safeParse(outputs).data?.spec;
      return {
        projectName: spec?.projectName ?? id,
        engine: spec === undefined ? DEFAULT_ENGINE : engineOf(spec),
      };
    });
}
