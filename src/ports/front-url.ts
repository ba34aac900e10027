/** URL at which a browser reaches a running deployment. */

import type { DockerEndpoint } from "../docker/endpoint-settings.ts";
import type { PublishedPort } from "../docker/ps-container.ts";
import { DEFAULT_FRONT_URL } from "../lago/config/fields.ts";
import { localUrl } from "./local-urls.ts";

/** Addresses that stand for all addresses of a host, and the loopback address. */
const ANY_ADDRESS = ["0.0.0.0", "::", "127.0.0.1", ""];

/**
 * URL of the front: the one that Lago was given, unless that is the default, which is wrong where
 * the front is published at another port or on another machine. Undefined where the URL is unknown.
 *
 * @param told the URL that Lago was given, `LAGO_FRONT_URL`
 * @param published the ports that the front's container publishes
 * @param engine engine of the deployment. The machine of one named by a context is unknown.
 */
export function frontUrl(
  told: string | undefined,
  published: readonly PublishedPort[],
  engine: DockerEndpoint = {},
): string | undefined {
  const [port] = published;
  const own = told === DEFAULT_FRONT_URL ? undefined : told || undefined;
  if (own !== undefined || port === undefined) {
    return own ?? told;
  }
  const isAny = ANY_ADDRESS.includes(port.address);
  const host = isAny ? machineOf(engine) : port.address;
  return host === undefined
    ? localUrl(port.hostPort)
    : `http://${/^[^[].*:/.test(host) ? `[${host}]` : host}:${port.hostPort}`;
}

/** Name of the engine's machine, where the engine's address has one. */
function machineOf({ dockerHost = "" }: DockerEndpoint): string | undefined {
  return /^(ssh|tcp):/.test(dockerHost) ? URL.parse(dockerHost)?.hostname : undefined;
}
