import { realpathSync } from "node:fs";
import { redactUrls } from "../redaction/redact.ts";
import { callDocker } from "./docker.ts";
import { type Engine, isChosen } from "./endpoint-settings.ts";

const TIMEOUT_MS = 30_000;
const SOCKET_SCHEME = "unix://";

/**
 * Where an engine is reached, such as `unix:///run/docker.sock`: what its settings say, or else
 * DOCKER_HOST, or else docker's context. A socket's path is the real one, by whatever other name it is
 * given.
 *
 * @throws DeployError of kind `DaemonUnreachable` when there is no such context
 */
export async function engineEndpoint(engine: Engine, signal?: AbortSignal): Promise<string> {
  const host = isChosen(engine) ? engine.dockerHost : process.env.DOCKER_HOST;
  if (host !== undefined && host !== "") {
    return withRealPath(host);
  }
  const { stdout } = await callDocker({
    engine,
    purpose: "Asking for docker's context",
    args: ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"],
    timeoutMs: TIMEOUT_MS,
    signal,
    redact: redactUrls,
  });
  return withRealPath(stdout.trim());
}

/** Whether an engine runs on this machine, so that this machine's ports are its ports. */
export async function isLocalEngine(engine: Engine, signal?: AbortSignal): Promise<boolean> {
  return (await engineEndpoint(engine, signal)).startsWith("unix:");
}

function withRealPath(endpoint: string): string {
  if (!endpoint.startsWith(SOCKET_SCHEME)) {
    return endpoint;
  }
  const path = endpoint.slice(SOCKET_SCHEME.length);
  try {
    return `${SOCKET_SCHEME}${realpathSync(path)}`;
  } catch {
    // No engine runs there now.
    return endpoint;
  }
}
