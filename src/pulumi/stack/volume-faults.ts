/** Checks of a deployment's volumes in a preview. */
import type { LagoDeployment } from "../../deployment/lago-deployment.ts";
import { volumeOutlook } from "../../deployment/volumes.ts";
import type { Snapshot } from "../../observe/snapshot.ts";
import { invalid } from "./refusal-text.ts";

/**
 * Reasons why a deployment must not start with the present volumes.
 *
 * @param snapshot the engine as it is now
 * @param variables names of the deployment's variables, whose values a preview does not know
 * @param stack the stack whose config has the settings; undefined for settings from elsewhere
 */
export async function volumeFaults(
  deployment: LagoDeployment,
  snapshot: Snapshot,
  variables: readonly string[],
  stack: string | undefined,
): Promise<string[]> {
  const outlook = await volumeOutlook(deployment, snapshot, { unknown: variables, stack });
  const changed = outlook.issues.map(({ field, message }) => `VolumeChanged: ${field}: ${message}`);
  return [...invalid(outlook.invalid), ...changed];
}
