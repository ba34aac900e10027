/** Asks an engine whether it answers, and which engine it is. */

import { DeployError, onDeployError } from "../errors.ts";
import {
  type DockerEndpoint,
  dockerCommand,
  engineName,
  hasExplicitEndpoint,
} from "./endpoint-settings.ts";
import { engineInfo, engineVersion } from "./engine-api.ts";

/** Longer than ssh waits for a host, so that ssh reports the failure in its own words. */
const TIMEOUT_MS = 45_000;

/**
 * Makes sure that a chosen engine answers. Does nothing for the engine of docker's own settings:
 * the first call reports on that one.
 *
 * @throws DeployError of kind `DaemonUnreachable`, or of the kind that docker's failure tells
 */
export async function requireAnswer(engine: DockerEndpoint, signal?: AbortSignal): Promise<void> {
  if (hasExplicitEndpoint(engine)) {
    await answered(engine, () =>
      engineVersion({ engine, purpose: "Asking the Docker engine", signal, timeoutMs: TIMEOUT_MS }),
    );
  }
}

/**
 * Text that identifies an engine by any of its addresses. Undefined for an engine that does not
 * answer. The name of the host is a part: hosts cloned from one image may have engines with the
 * same id.
 */
export async function engineIdentity(
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const purpose = "Asking which Docker engine this is";
  const call = { engine, purpose, signal, timeoutMs: TIMEOUT_MS };
  const identity = await onDeployError(
    () => answered(engine, () => engineInfo(call)),
    () => ({ id: "", name: "", rootFolder: "" }),
  );
  return `${identity.id} ${identity.name}`.trim() || undefined;
}

async function answered<T>(engine: DockerEndpoint, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (DeployError.isDeployError(error) && error.kind === "DeadlineExceeded") {
      throw new DeployError(
        "DaemonUnreachable",
        `The Docker engine ${engineName(engine)} did not answer within ${TIMEOUT_MS / 1000} s. Check that its host is up and that a firewall lets you through; \`${dockerCommand(engine)} version\` has to answer.`,
        { cause: error },
      );
    }
    throw error;
  }
}
