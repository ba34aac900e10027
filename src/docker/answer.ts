/** Asks an engine for itself. */

import { DeployError, onDeployError } from "../errors.ts";
import { redactUrls } from "../redaction/redact.ts";
import { callDocker } from "./docker.ts";
import { dockerCommand, type Engine, engineName, isChosen } from "./endpoint-settings.ts";

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
    await ask(
      engine,
      "Asking the Docker engine",
      ["version", "--format", "{{.Server.Version}}"],
      signal,
    );
  }
}

/**
 * What tells one engine from another, by whatever address it is reached; undefined for one that does
 * not answer. Hosts that are copies of one image may have engines of one id, and go by other names.
 */
export async function engineIdentity(
  engine: Engine,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const args = ["info", "--format", "{{.ID}} {{.Name}}"];
  const identity = await onDeployError(
    () => ask(engine, "Asking which Docker engine this is", args, signal),
    () => "",
  );
  return identity.trim() || undefined;
}

async function ask(
  engine: Engine,
  purpose: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string> {
  try {
    const call = { engine, purpose, args, timeoutMs: TIMEOUT_MS, signal, redact: redactUrls };
    return (await callDocker(call)).stdout;
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
