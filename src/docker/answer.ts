/** Asks an engine for itself. */

import { DeployError, onDeployError } from "../errors.ts";
import { dockerCommand, type Engine, engineName, isChosen } from "./endpoint-settings.ts";
import { engineInfo, engineVersion } from "./engine.ts";

/** Longer than ssh waits for a host, so that its own words arrive. */
const TIMEOUT_MS = 45_000;

/**
 * Makes sure that an engine answers, where settings say which. One that docker's own settings name
 * tells of itself with the first call.
 *
 * @throws DeployError of kind `DaemonUnreachable`, or of the kind that docker's failure tells
 */
export async function requireAnswer(engine: Engine, signal?: AbortSignal): Promise<void> {
  if (isChosen(engine)) {
    await answered(engine, () =>
      engineVersion({ engine, purpose: "Asking the Docker engine", signal, timeoutMs: TIMEOUT_MS }),
    );
  }
}

/**
 * Text that tells one engine from another, by whatever address it is reached; undefined for one that
 * does not answer. Hosts that are copies of one image may have engines of one id, and go by other
 * names.
 */
export async function engineIdentity(
  engine: Engine,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const purpose = "Asking which Docker engine this is";
  const call = { engine, purpose, signal, timeoutMs: TIMEOUT_MS };
  const identity = await onDeployError(
    () => answered(engine, () => engineInfo(call)),
    () => ({ id: "", name: "" }),
  );
  return `${identity.id} ${identity.name}`.trim() || undefined;
}

async function answered<T>(engine: Engine, work: () => Promise<T>): Promise<T> {
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
