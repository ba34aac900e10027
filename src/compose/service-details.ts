import { type Fields, fieldsOf, listOf, textOf } from "../text/coerce.ts";
import { splitVariable } from "../text/variables.ts";
import { commandText, healthTestText } from "./roles.ts";

/** One service in detail, its `${VARIABLES}` not filled in. */
export interface ServiceDetails {
  readonly name: string;
  readonly image: string;
  /** Entry point and command of the service, as one text. */
  readonly command: string;
  /** Environment; compose takes the value of a name without one from its own environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Names in the environment whose values come from an `env_file`. Absent where none is read. */
  readonly fromEnvFiles?: readonly string[];
  readonly ports: readonly PortDetails[];
  readonly volumes: readonly string[];
  /** Whether the log has a maximum size. */
  readonly rotatesLogs: boolean;
  readonly containerName: string | undefined;
  /** Test of the health check, as one text. */
  readonly healthCheck: string;
}

/** One published port; texts may hold `${VARIABLES}`. */
export interface PortDetails {
  /** Host address; empty for all addresses of the host. */
  readonly address: string;
  /** TCP port of the host; empty for UDP, and when the engine chooses the port. */
  readonly published: string;
  readonly target: string;
}

/**
 * Reads the services of a compose project, from `docker compose config --no-interpolate --format
 * json` or from the files themselves, in short and long form. Malformed parts are left out.
 *
 * @param names services to read; all unless given
 */
export function serviceDetails(project: unknown, names?: readonly string[]): ServiceDetails[] {
  const services = fieldsOf(fieldsOf(project).services);
  return Object.keys(services)
    .filter((name) => names === undefined || names.includes(name))
    .sort()
    .map((name) => detailsOf(name, fieldsOf(services[name])));
}

function detailsOf(name: string, service: Fields): ServiceDetails {
  const options = fieldsOf(fieldsOf(service.logging).options);
  return {
    name,
    image: textOf(service.image),
    command: commandText(service),
    environment: environmentOf(service.environment),
    ports: listOf(service.ports).map(portOf),
    volumes: listOf(service.volumes).map((one) =>
      typeof one === "object"
        ? `${textOf(fieldsOf(one).source)}:${textOf(fieldsOf(one).target)}`
        : textOf(one),
    ),
    rotatesLogs: options["max-size"] != null,
    containerName: textOf(service.container_name) || undefined,
    healthCheck: healthTestText(service),
  };
}

/**
 * Reads a service's environment, in the form of a record or of `NAME=value` lines. A name without a
 * value refers to compose's own variable of that name.
 */
export function environmentOf(value: unknown): Record<string, string> {
  const pairs = Array.isArray(value)
    ? value.map((one) => {
        const [name, given] = splitVariable(textOf(one));
        return [name, given ?? `\${${name}}`];
      })
    : Object.entries(fieldsOf(value)).map(([key, one]) => [
        key,
        one === null ? `\${${key}}` : textOf(one),
      ]);
  return Object.fromEntries(pairs);
}

/** Fills in the variables of a port. One of them may hold several parts, such as `127.0.0.1:3000`. */
export function filledPort(port: PortDetails, fill: (text: string) => string): PortDetails {
  const filled = [port.address, port.published, port.target].map(fill);
  const [address = "", published = "", target = ""] = filled;
  return `${published}${target}`.includes(":")
    ? portOf(filled.filter((part) => part !== "").join(":"))
    : { address, published, target };
}

/** Reads one published port, in short or long form. */
export function portOf(value: unknown): PortDetails {
  if (typeof value === "object" && value !== null) {
    const { host_ip, published, target, protocol } = fieldsOf(value);
    return {
      address: textOf(host_ip),
      published: protocol === "udp" ? "" : textOf(published),
      target: textOf(target),
    };
  }
  // ADDRESS:HOST:CONTAINER/PROTOCOL, from the right; a colon inside ${…} or […] separates nothing.
  const parts = textOf(value).match(/(?:\$\{(?:[^{}]|\{[^{}]*\})*\}|\[[^\]]*\]|[^:])+/g) ?? [];
  const [target = "", protocol] = (parts.at(-1) ?? "").split("/");
  const published = protocol === "udp" ? "" : (parts.at(-2) ?? "");
  return { address: parts.length > 2 ? parts.slice(0, -2).join(":") : "", published, target };
}
