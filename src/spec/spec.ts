import { z } from "zod";
import type { ConfigIssue } from "../errors.ts";
import { volumeRemovalIssues, volumesToRemove } from "../lago/config/volume-removal.ts";
import { SHARED_OPTIONS } from "./option-rules.ts";
import { judge } from "./validate.ts";

const schema = z.strictObject({
  ...SHARED_OPTIONS,
  projectName: z.string({ error: "expected a text" }),
  lagoPath: z.string({ error: "expected a text" }).optional(),
  /** Name of the project, to remove its volumes at its end; `false` keeps them. */
  removeVolumesOnDestroy: z
    .union([z.string(), z.boolean()], { error: "expected the name of the project, or false" })
    .optional(),
  /** Names, never values, of the variables that belong to the deployment. */
  variables: z.array(z.string()).optional(),
});

/** Names of all fields of a spec. */
export const SPEC_NAMES: readonly string[] = Object.keys(schema.shape);

/**
 * Which deployment is meant, in a form that one program can hand to another: everything about it but
 * the values of its variables, which may be secret and travel by process environment.
 */
export type DeploymentSpec = z.output<typeof schema>;

/** @throws DeployError of kind `InvalidConfig` that names every fault */
export function parseDeploymentSpec(value: unknown): DeploymentSpec {
  return judge("spec", schema, value, ({ projectName, removeVolumesOnDestroy }) =>
    projectName === undefined ? [] : removalIssues({ projectName, removeVolumesOnDestroy }),
  );
}

/** What is wrong with a wish to remove volumes; see {@link volumeRemovalIssues}. */
export function removalIssues(
  spec: Pick<DeploymentSpec, "projectName" | "removeVolumesOnDestroy">,
): ConfigIssue[] {
  const asked = volumesToRemove(spec.removeVolumesOnDestroy);
  return volumeRemovalIssues("removeVolumesOnDestroy", spec.projectName, asked);
}
