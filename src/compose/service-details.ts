import { commandText } from "./roles.ts";

/** One service in detail, its `${VARIABLES}` not filled in. */
export interface ServiceDetails {
  readonly name: string;
  readonly image: string;
  /** Entry point and command of the service, as one text. */
  readonly command: string;
  /** Environment; compose takes the value of a name without one from its own environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly PortDetails[];
  readonly volumes: readonly string[];
  /** Whether the log has a maximum size. */
  readonly rotatesLogs: boolean;
  readonly containerName: string | undefined;
}

/** One published port; texts may hold `${VARIABLES}`. */
export interface PortDetails {
  /** Host address; empty for all addresses of the host. */
  readonly address: string;
  /** TCP port of the host; empty for UDP, and when the engine chooses the port. */
  readonly published: string;
  readonly target: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the services of a compose project, from `docker compose config --no-interpolate --format
 * json` or from the files themselves, in short and long form. Malformed parts are left out.
 *
 * @param names services to read; all unless given
 */
export function serviceDetails(project: unknown, names?: readonly string[]): ServiceDetails[] {
  const services = fields(fields(project).services);
  return Object.keys(services)
    .filter((name) => names === undefined || names.includes(name))
    .sort()
    .map((name) => detailsOf(name, fields(services[name])));
}

function detailsOf(name: string, service: Fields): ServiceDetails {
  const options = fields(fields(service.logging).options);
  return {
    name,
    image: text(service.image),
    command: commandText(service),
    environment: environmentOf(service.environment),
    ports: list(service.ports).map(portOf),
    volumes: list(service.volumes).map((one) =>
      typeof one === "object"
        ? `${text(fields(one).source)}:${text(fields(one).target)}`
        : text(one),
    ),
    rotatesLogs: options["max-size"] != null,
    containerName: text(service.container_name) || undefined,
  };
}

function environmentOf(value: unknown): Record<string, string> {
  const pairs = Array.isArray(value)
    ? value.map((one) => {
        const line = text(one);
        const at = line.indexOf("=");
        return at === -1 ? [line, `\${${line}}`] : [line.slice(0, at), line.slice(at + 1)];
      })
    : Object.entries(fields(value)).map(([key, one]) => [
        key,
        one === null ? `\${${key}}` : text(one),
      ]);
  return Object.fromEntries(pairs);
}

function portOf(value: unknown): PortDetails {
  if (typeof value === "object" && value !== null) {
    const { host_ip, published, target, protocol } = fields(value);
    return {
      address: text(host_ip),
      published: protocol === "udp" ? "" : text(published),
      target: text(target),
    };
  }
  // ADDRESS:HOST:CONTAINER/PROTOCOL, read from the right; a colon inside ${…} or […] separates
  // nothing.
  const parts = text(value).match(/(?:\$\{[^}]*\}|\[[^\]]*\]|[^:])+/g) ?? [];
  const [target = "", protocol] = (parts.at(-1) ?? "").split("/");
  const published = protocol === "udp" ? "" : (parts.at(-2) ?? "");
  return { address: parts.length > 2 ? parts.slice(0, -2).join(":") : "", published, target };
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value == null ? [] : [value];
}

function text(value: unknown): string {
  return ["string", "number", "boolean", "bigint"].includes(typeof value) ? String(value) : "";
}
