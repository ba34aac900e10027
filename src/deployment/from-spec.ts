import type { DeploymentSpec } from "../spec/spec.ts";
import { LagoDeployment } from "./lago-deployment.ts";
import type { LagoDeploymentOptions } from "./options.ts";

/** Makes the deployment of a spec. The values of its variables come from `values`. */
export function deploymentOf(
  spec: DeploymentSpec,
  values: Readonly<Record<string, string | undefined>>,
  calls: Pick<
    LagoDeploymentOptions,
    "signal" | "onProgress" | "onStatusPoll" | "timeoutMs" | "reads" | "timings"
  > = {},
): LagoDeployment {
  const { lagoPath, variables = [], removeVolumesOnDestroy, ...own } = spec;
  const environment: Record<string, string> = {};
  for (const name of variables) {
    const value = values[name];
    if (value !== undefined) {
      environment[name] = value;
    }
  }
  return new LagoDeployment(lagoPath, { ...own, ...calls, environment });
}
