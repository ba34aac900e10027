/** Finds the address of a Docker engine in the user's own settings, as docker itself does. */
import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fieldsOf } from "../text/coerce.ts";
import { tryJson } from "../text/json.ts";
import { type DockerEndpoint, hasExplicitEndpoint } from "./endpoint-settings.ts";

const SOCKET_SCHEME = "unix://";

/** Address of an engine that no setting names (docker, cli/config/opts: DefaultHost on Unix). */
const DEFAULT_SOCKET = "unix:///var/run/docker.sock";

/** Context that stands for DOCKER_HOST, or for the default socket. */
const DEFAULT_CONTEXT = "default";

/** Environment in which docker's own settings are looked up. */
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Address of the engine such as `unix:///run/docker.sock`; undefined where only docker itself can
 * tell, such as for a context whose files cannot be read. The order is docker's: an address in the
 * settings, a context in the settings, DOCKER_HOST, DOCKER_CONTEXT, the current context of docker's
 * configuration. The path of a socket is the real one, whatever symbolic link leads to it.
 *
 * @param environment has docker's own settings. Defaults to that of this process.
 */
export function engineAddress(
  engine: DockerEndpoint,
  environment: Environment = process.env,
): string | undefined {
  if (engine.dockerHost !== undefined) {
    return withRealPath(engine.dockerHost);
  }
  if (!hasExplicitEndpoint(engine) && environment.DOCKER_HOST) {
    return withRealPath(environment.DOCKER_HOST);
  }
  const folder = environment.DOCKER_CONFIG || join(environment.HOME ?? homedir(), ".docker");
  const context = engine.dockerContext ?? (environment.DOCKER_CONTEXT || currentContext(folder));
  if (context === undefined || context === DEFAULT_CONTEXT) {
    return process.platform === "win32" ? undefined : withRealPath(DEFAULT_SOCKET);
  }
  const host = hostOfContext(folder, context);
  return host === undefined ? undefined : withRealPath(host);
}

/** Path of the socket that an address names; undefined for an address of another kind. */
export function socketPathOf(address: string | undefined): string | undefined {
  return address?.startsWith(SOCKET_SCHEME) ? address.slice(SOCKET_SCHEME.length) : undefined;
}

function currentContext(folder: string): string | undefined {
  return textAt(readJson(join(folder, "config.json")), ["currentContext"]);
}

/** Docker keeps a context in a folder that is named after the SHA-256 of the context's name. */
function hostOfContext(folder: string, name: string): string | undefined {
  const id = createHash("sha256").update(name).digest("hex");
  const file = join(folder, "contexts", "meta", id, "meta.json");
  return textAt(readJson(file), ["Endpoints", "docker", "Host"]);
}

/** The text at a path in JSON; undefined where there is none. */
function textAt(json: unknown, path: readonly string[]): string | undefined {
  const value = path.reduce<unknown>((at, name) => fieldsOf(at)[name], json);
  return typeof value === "string" ? value : undefined;
}

function readJson(file: string): unknown {
  try {
    return tryJson(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function withRealPath(address: string): string {
  const path = socketPathOf(address);
  if (path === undefined) {
    return address;
  }
  try {
    return `${SOCKET_SCHEME}${realpathSync(path)}`;
  } catch {
    // No engine runs there now.
    return address;
  }
}
