import { realpathSync } from "node:fs";
import { redactUrls } from "../text/redact.ts";
import { callDocker } from "./docker.ts";

const TIMEOUT_MS = 30_000;
const SOCKET_SCHEME = "unix://";

/**
 * Where docker's engine is reached, such as `unix:///run/docker.sock`: what DOCKER_HOST says, or
 * else docker's context. A socket's path is the real one, by whatever other name it is given.
 */
export async function engineEndpoint(signal?: AbortSignal): Promise<string> {
  const host = process.env.DOCKER_HOST;
  if (host !== undefined && host !== "") {
    return withRealPath(host);
  }
  const { stdout } = await callDocker({
    purpose: "Asking for docker's context",
    args: ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"],
    timeoutMs: TIMEOUT_MS,
    signal,
    redact: redactUrls,
  });
  return withRealPath(stdout.trim());
}

/** Whether docker's engine runs on this machine, so that this machine's ports are its ports. */
export async function isLocalEngine(signal?: AbortSignal): Promise<boolean> {
  return (await engineEndpoint(signal)).startsWith("unix:");
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
