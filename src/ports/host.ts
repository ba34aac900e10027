import { callDocker } from "../compose/docker.ts";
import { type HostContainer, parseHostContainers } from "./containers.ts";

const TIMEOUT_MS = 30_000;

/** All containers of the host that docker speaks to, running or not. */
export async function hostContainers(signal?: AbortSignal): Promise<HostContainer[]> {
  const { stdout } = await callDocker({
    purpose: "Looking at the host's containers",
    args: ["container", "ls", "--all", "--no-trunc", "--format", "{{json .}}"],
    timeoutMs: TIMEOUT_MS,
    signal,
    redact: (text) => text,
  });
  return parseHostContainers(stdout);
}

/** Whether docker's engine runs on this machine, so that this machine's ports are its ports. */
export async function isLocalEngine(): Promise<boolean> {
  const host = process.env.DOCKER_HOST;
  if (host !== undefined && host !== "") {
    return host.startsWith("unix:");
  }
  const { stdout } = await callDocker({
    purpose: "Asking for docker's context",
    args: ["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"],
    timeoutMs: TIMEOUT_MS,
    redact: (text) => text,
  });
  return stdout.trim().startsWith("unix:");
}
