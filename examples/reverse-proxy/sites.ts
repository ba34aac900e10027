// Turns outputs of Lago's stack into the proxy's environment. Everything is checked before anything
// starts.

/** Outputs of Lago's stack. */
export interface Lago {
  readonly apiUrl: unknown;
  readonly frontUrl: unknown;
  /** Network of the proxy, and places of api and front on it. */
  readonly proxy: unknown;
}

/** Source of certificates: a public authority, which writes to `acmeEmail`, or Caddy itself. */
export type Certificates = { readonly acmeEmail: string } | "internal";

const LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
const HOST_NAME = new RegExp(`^(?=.{1,253}$)(${LABEL}\\.)+[a-z][a-z0-9-]*[a-z0-9]$`);
const EMAIL = /^[\w.+-]+@[a-z0-9.-]+$/i;
/** A name of Docker. */
const NAME = /^(?<name>[a-zA-Z0-9][\w.-]*)$/;
/** A name of Docker with a port. */
const PLACE = /^(?<name>[a-z0-9][\w-]*):(?<port>[1-9][0-9]{0,4})$/;

/**
 * Returns the environment of the proxy.
 *
 * @throws Error that names every invalid output
 */
export function proxyEnvironment(
  lago: Lago,
  certificates: Certificates,
  httpPort: number,
): Record<string, string> {
  const faults: string[] = [];
  const front = site("frontUrl", lago.frontUrl, faults);
  const api = site("apiUrl", lago.apiUrl, faults);
  if (front.host !== "" && front.host === api.host) {
    faults.push(`apiUrl and frontUrl have one host, ${api.host}: give each a name of its own`);
  }
  const { network, front: frontPlace, api: apiPlace } = placesOf(lago.proxy, faults);
  for (const [name, port] of [
    ["apiUrl", api.port],
    ["frontUrl", front.port],
  ] as const) {
    if (port === httpPort) {
      faults.push(`${name} has port ${port}, which is httpPort: TLS and plain HTTP need one each`);
    }
  }
  if (!isPort(httpPort)) {
    faults.push(`httpPort: ${httpPort} is no port, which is a whole number from 1 to 65535`);
  }
  if (certificates !== "internal" && !EMAIL.test(certificates.acmeEmail)) {
    faults.push(`acmeEmail: ${JSON.stringify(certificates.acmeEmail)} is no e-mail address`);
  }
  if (faults.length > 0) {
    throw new Error(["The proxy cannot be set up:", ...faults].join("\n  "));
  }
  return {
    CERTIFICATES: certificates === "internal" ? "local_certs" : `email ${certificates.acmeEmail}`,
    HTTP_PORT: String(httpPort),
    FRONT_HOST: front.host,
    FRONT_PORT: String(front.port),
    FRONT_NAME: frontPlace.name,
    FRONT_INNER_PORT: frontPlace.port,
    API_HOST: api.host,
    API_PORT: String(api.port),
    API_NAME: apiPlace.name,
    API_INNER_PORT: apiPlace.port,
    LAGO_NETWORK: network,
  };
}

/** Host name and port for browsers. */
function site(name: string, value: unknown, faults: string[]): { host: string; port: number } {
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  const fault = url === undefined ? "is no URL" : faultOf(url);
  if (url === undefined || fault !== undefined) {
    faults.push(`${name} of Lago's stack, ${JSON.stringify(value)}, ${fault}`);
    return { host: "", port: 0 };
  }
  return { host: url.hostname, port: url.port === "" ? 443 : Number(url.port) };
}

function faultOf(url: URL): string | undefined {
  if (url.protocol !== "https:") {
    return "does not begin with https://: set it to what browsers are to use";
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "" || url.username !== "") {
    return "has more than a host and a port";
  }
  return HOST_NAME.test(url.hostname) ? undefined : "has no host name that DNS could know";
}

/** Network that the proxy joins, and the places of api and front on it. */
function placesOf(proxy: unknown, faults: string[]) {
  if (proxy === undefined) {
    faults.push(
      "Lago is published on the host: set behindProxy to true in its stack, and bring it up",
    );
  }
  const { network, api, front } = Object(proxy) as Record<string, unknown>;
  const read = (name: string, value: unknown, form: RegExp) => {
    const found = typeof value === "string" ? form.exec(value)?.groups : undefined;
    if (found === undefined && proxy !== undefined) {
      faults.push(`proxy.${name} of Lago's stack, ${JSON.stringify(value)}, is no place of Docker`);
    }
    return { name: found?.name ?? "", port: found?.port ?? "" };
  };
  return {
    network: read("network", network, NAME).name,
    api: read("api", api, PLACE),
    front: read("front", front, PLACE),
  };
}

function isPort(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 65_535;
}
