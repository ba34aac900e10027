import { CONFIG_FIELDS, DEFAULT_API_URL, DEFAULT_FRONT_URL } from "../lago/config/fields.ts";
import { AUTO, PUBLISHED_SERVICES, type WantedPorts } from "../spec/wanted-ports.ts";
import type { PublishedPorts } from "./claims.ts";

const DEFAULT_URLS = { api: DEFAULT_API_URL, front: DEFAULT_FRONT_URL } as const;

/** URL of a port on this host, as seen from this host. */
export function localUrl(port: number): string {
  return `http://localhost:${port}`;
}

/**
 * Adds Lago's public URLs at the ports that were allocated for `auto`. Nobody could have known
 * these ports before. A given URL other than the default stays.
 */
export function withLocalUrls(
  variables: Readonly<Record<string, string>>,
  wanted: WantedPorts,
  ports: PublishedPorts,
): Record<string, string> {
  const urls = PUBLISHED_SERVICES.flatMap((service) => {
    const port = ports[service];
    const { variable } = CONFIG_FIELDS[`${service}Url`];
    const otherwise = DEFAULT_URLS[service];
    const given = variables[variable] || otherwise;
    return wanted[service] === AUTO && port !== undefined && given === otherwise
      ? [[variable, localUrl(port)]]
      : [];
  });
  return { ...variables, ...Object.fromEntries(urls) };
}
