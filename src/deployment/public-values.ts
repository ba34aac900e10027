/** Addresses of Lago and its switch of sign-up, where nobody chose them. Pure. */
import type { ValueInFiles } from "../compose/values-in-files.ts";
import { CONFIG_FIELD_NAMES, CONFIG_FIELDS } from "../lago/config/fields.ts";
import { localUrl } from "../ports/local-urls.ts";
import { PUBLISHED_SERVICES, type WantedPorts } from "../spec/wanted-ports.ts";
import { isLoopback } from "../text/url.ts";

/** Variables that every deployment has, chosen or not, and that files may give by themselves. */
export const PUBLIC_VARIABLES: readonly string[] = CONFIG_FIELD_NAMES.filter(
  (name) => !CONFIG_FIELDS[name].secret,
).map((name) => CONFIG_FIELDS[name].variable);

/** Facts that a public value follows from. */
export interface PublicFacts {
  /** Value that the files give the variable; undefined for none. */
  readonly inFiles: ValueInFiles | undefined;
  /** Ports that were chosen. */
  readonly chosen: WantedPorts;
  /** Ports on the host: chosen, or else those of the files. */
  readonly ports: WantedPorts;
  /** Whether the addresses follow from a domain. */
  readonly hasDomain: boolean;
}

/**
 * Finds the value of a public variable that nobody chose: the files' own, or the address of the
 * service's port on this host. Undefined where our default counts, and for a port that is still to be
 * found.
 */
export function publicValue(
  name: string,
  { inFiles, chosen, ports, hasDomain }: PublicFacts,
): string | undefined {
  const service = PUBLISHED_SERVICES.find((one) => CONFIG_FIELDS[`${one}Url`].variable === name);
  if (service === undefined) {
    return inFiles?.value;
  }
  const isChosen = chosen[service] !== undefined;
  // An address of this host follows from the port, unless the files insist on the address.
  if (inFiles !== undefined && !(isLoopback(inFiles.value) && (inFiles.isDefault || isChosen))) {
    return inFiles.value;
  }
  const port = ports[service];
  if (port === undefined) {
    // The port of another container or of a proxy leads there.
    return inFiles?.value;
  }
  return typeof port === "number" && !hasDomain ? localUrl(port) : undefined;
}
