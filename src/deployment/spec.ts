import { z } from "zod";
import { volumeRemovalIssues, volumesToRemove } from "../config/volume-removal.ts";
import type { ConfigIssue } from "../errors.ts";
import { verifiedBundledPath } from "./bundled-file.ts";
import { judge } from "./judge.ts";
import { LagoDeployment } from "./lago-deployment.ts";
import { SHARED_OPTIONS } from "./option-rules.ts";
import type { LagoDeploymentOptions } from "./options.ts";

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

/** The deployment that a spec means, with the values of its variables taken from `values`. */
export function deploymentOf(
  spec: DeploymentSpec,
  values: Readonly<Record<string, string | undefined>>,
  calls: Pick<
    LagoDeploymentOptions,
    "signal" | "onProgress" | "onLook" | "timeoutMs" | "reads" | "timings"
  > = {},
): LagoDeployment {
  const { lagoPath = verifiedBundledPath(), variables = [], removeVolumesOnDestroy, ...own } = spec;
  const environment: Record<string, string> = {};
  for (const name of variables) {
    const value = values[name];
    if (value !== undefined) {
      environment[name] = value;
    }
  }
  return new LagoDeployment(lagoPath, { ...own, ...calls, environment });
}
