/** Checks of a deployment's volumes in a preview. */
import type { LagoDeployment } from "../../deployment/lago-deployment.ts";
import { volumeOutlook } from "../../deployment/volumes.ts";
import { onDeployError } from "../../errors.ts";

/**
 * Reasons why a deployment must not start with the present volumes. If the engine does not answer,
 * the real run reports that.
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
