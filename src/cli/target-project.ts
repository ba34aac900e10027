import { ComposeProject } from "../deployment/project.ts";
import type { ProjectCalls } from "../deployment/project-calls.ts";
import { engineOf } from "../docker/endpoint-settings.ts";
import { SPEC_VARIABLE } from "../spec/spec-variable.ts";
import { type Environment, projectNameOf, type TargetOptions } from "./target.ts";

/** Makes the project, for commands that need no compose file. */
export async function targetProject(
  options: TargetOptions & { readonly stack?: string | undefined },
  environment: Environment,
  calls: Pick<ProjectCalls, "signal" | "onProgress">,
): Promise<ComposeProject> {
  if (environment[SPEC_VARIABLE] === undefined && options.lockTimeout === undefined) {
    // Only the checks that reading needs: loading the rules for all other settings takes a tenth of
    // a second.
    return new ComposeProject(projectNameOf(options), {
      ...calls,
      ...engineOf(options),
      stack: options.stack,
    });
  }
  const { targetSpec } = await import("./target-deployment.ts");
  const spec = targetSpec(options, environment);
  const { projectName, lockTimeoutSeconds } = spec;
  return new ComposeProject(projectName, {
    ...calls,
    ...engineOf(spec),
    ...{ stack: options.stack, lockTimeoutSeconds },
  });
}
