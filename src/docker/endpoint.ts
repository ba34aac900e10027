import { redactUrls } from "../redaction/redact.ts";
import { callDocker } from "./docker.ts";
import type { DockerEndpoint } from "./endpoint-settings.ts";
import { engineAddress } from "./engine-address.ts";

const TIMEOUT_MS = 30_000;

/**
 * Address of an engine, such as `unix:///run/docker.sock`. Asks docker only for a context whose files
 * cannot be read.
 *
 * @throws DeployError of kind `DaemonUnreachable` when there is no such context
 */
export async function engineEndpoint(
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<string> {
  const address = engineAddress(engine);
  if (address !== undefined) {
    return address;
  }
  const { stdout } = await callDocker({
    engine,
    purpose: "Asking for docker's context",
    args: ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"],
    timeoutMs: TIMEOUT_MS,
    signal,
    redact: redactUrls,
  });
  return stdout.trim();
}

/** Whether an engine runs on this machine, so that this machine's ports are its ports. */
export async function isLocalEngine(
  engine: DockerEndpoint,
  signal?: AbortSignal,
): Promise<boolean> {
  return (await engineEndpoint(engine, signal)).startsWith("unix:");
}
