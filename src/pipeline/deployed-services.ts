/** Services that the last finished deploy of a stack declared, as its status resource remembers them. */
import type { PreviewStep } from "../pulumi/cli/preview-digest.ts";
import { STATUS_TYPE } from "../pulumi/cli/resource-types.ts";

/** Whether a step is about the status of a deployment. */
export function isStatus({ newState, oldState }: PreviewStep): boolean {
  return (newState?.type || oldState?.type) === STATUS_TYPE;
}

/**
 * Makes a function that tells whether a deploy has reached a service. The resource of a service is
 * older than its containers: it is made before the deploy, which may fail. True where nothing tells,
 * as in states of earlier releases.
 */
export function deployedServices(
  steps: readonly PreviewStep[],
): (project: string, service: string) => boolean {
  const ofStatus = steps.filter(isStatus);
  const known = new Map(
    ofStatus.map(({ oldState, newState }) => {
      const { projectName } = { ...newState?.inputs, ...oldState?.inputs };
      // A status that is still to be made is that of a stack whose first deploy has not finished.
      const declared = oldState == null ? [] : oldState.inputs.declared;
      return [projectName, Array.isArray(declared) ? declared : undefined] as const;
    }),
  );
  return (project, service) => known.get(project)?.includes(service) ?? true;
}
