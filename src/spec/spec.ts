import { z } from "zod";
import type { ConfigIssue } from "../errors.ts";
import { volumeRemovalIssues, volumesToRemove } from "../lago/config/volume-removal.ts";
import { SPEC_NAMES } from "./names.ts";
import { RULES } from "./rules.ts";
import { judge, shapeOf } from "./validate.ts";

const schema = z.strictObject({ ...shapeOf(SPEC_NAMES), projectName: RULES.text });

/**
 * A deployment in a form that one program can pass to another: everything but the values of its
 * variables, which may be secret and are passed by process environment.
 */
export type DeploymentSpec = z.output<typeof schema>;

/** @throws DeployError of kind `InvalidConfig` that names every fault */
export function parseDeploymentSpec(value: unknown): DeploymentSpec {
  return judge("spec", schema, value, removalIssues);
}

/**
 * Faults of a request to remove volumes, for a project that has a name; see {@link
 * volumeRemovalIssues}.
 */
export function removalIssues(spec: {
  readonly projectName?: string | undefined;
  readonly removeVolumesOnDestroy?: DeploymentSpec["removeVolumesOnDestroy"];
}): ConfigIssue[] {
  const { projectName, removeVolumesOnDestroy } = spec;
  const asked = volumesToRemove(removeVolumesOnDestroy);
  return projectName === undefined
    ? []
    : volumeRemovalIssues("removeVolumesOnDestroy", projectName, asked);
}
