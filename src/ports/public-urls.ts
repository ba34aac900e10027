/** Where a browser reaches a deployment that is there. */

import type { Engine } from "../docker/endpoint-settings.ts";
import type { PublishedPort } from "../docker/ps.ts";
import { DEFAULT_FRONT_URL } from "../lago/config/fields.ts";
import { localUrl } from "./local-urls.ts";

/** Addresses that stand for all of a host, its own among them. */
const ANY_ADDRESS = ["0.0.0.0", "::", "127.0.0.1", ""];

/**
 * The URL of the front: as Lago was told, unless that is nothing but the default, which is wrong where
 * the front is published at another port, or on another machine. Undefined where nothing tells.
 *
 * @param told what Lago was told, `LAGO_FRONT_URL`
 * @param published the ports that the front's container publishes
 * @param engine where it runs; of one that is named by a context it is not known which machine that is
 */
export function frontUrl(
  told: string | undefined,
  published: readonly PublishedPort[],
  engine: Engine = {},
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

/** The name of the engine's machine, where its address says one. */
function machineOf({ dockerHost = "" }: Engine): string | undefined {
  return /^(ssh|tcp):/.test(dockerHost) ? URL.parse(dockerHost)?.hostname : undefined;
}
