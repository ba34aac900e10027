/** The volumes of a deployment as a preview sees them. */
import type { LagoDeployment } from "../../deployment/lago-deployment.ts";
import { volumeOutlook } from "../../deployment/volumes.ts";
import { onDeployError } from "../../errors.ts";

/**
 * Why a deployment must not start where its data is. An engine that cannot be asked is for the real
 * run to report.
 *
 * @param variables names of the deployment's variables, whose values a preview does not know
 */
export async function volumeFaults(
  deployment: LagoDeployment,
  variables: readonly string[],
): Promise<string[]> {
  const { issues } = await onDeployError(
    () => volumeOutlook(deployment, variables),
    () => ({ issues: [] }),
  );
  return issues.map(({ field, message }) => `VolumeChanged: ${field}: ${message}`);
}
