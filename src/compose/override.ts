import { Document } from "yaml";
import type { ComposeModel, ServiceModel } from "./model.ts";

/** Where the api and the front are published on the host. */
export interface HostPorts {
  /** Host port of the api, 1 to 65535. Defaults to 3000. */
  readonly api?: number | undefined;
  /** Host port of the front, 1 to 65535. Defaults to 80. */
  readonly front?: number | undefined;
  /** Host address to publish on. Defaults to 127.0.0.1, this host only. */
  readonly address?: string | undefined;
}

/** What the generated override changes in the compose files below it. */
export interface OverrideOptions {
  readonly ports?: HostPorts | undefined;
  /** Variables that every Lago back-end service is to have, by name; values come by environment. */
  readonly variables: readonly string[];
  /** Variables with values that are no secret, for every Lago back-end service. Defaults to none. */
  readonly literals?: Readonly<Record<string, string>> | undefined;
  /** A label of this value on each lasting service makes compose start it anew when it changes. */
  readonly restartToken?: string | undefined;
  /** How long a starting service may fail its health check without being called unhealthy. */
  readonly startPeriodSeconds: number;
}

const API_CONTAINER_PORT = 3000;
const FRONT_CONTAINER_PORT = 80;

/** Health checks run this often while a service starts, and at the file's own interval after. */
const START_INTERVAL = "500ms";

const RESTART_LABEL = "z-billing-lago.restart-token";

/** Services that nothing outside the project has to reach. */
const INTERNAL_SERVICES = new Set(["db", "redis"]);

/**
 * The compose override that makes one Lago file serve many deployments on a host: no fixed
 * container names, database and Redis not published, api and front where they are wanted, settings
 * that the file does not pass on, and quick health checks during the start.
 *
 * Values of settings stand in it as `${NAME}` references, so that it holds no secret.
 */
export function generateOverride(model: ComposeModel, options: OverrideOptions): string {
  const document = new Document({ services: {} });
  const set = (
    service: ServiceModel,
    key: string,
    value: unknown,
    tag?: "!reset" | "!override",
  ) => {
    const node = document.createNode(value);
    if (tag !== undefined) {
      node.tag = tag;
    }
    document.setIn(["services", service.name, key], node);
  };
  for (const service of model.services) {
    const base = service.added === true ? service.definition : {};
    for (const [key, value] of Object.entries(base)) {
      set(service, key, value);
    }
    const extend = (key: string, value: Record<string, unknown>) =>
      set(service, key, { ...(base[key] as object | undefined), ...value });
    if (service.containerName !== undefined) {
      set(service, "container_name", null, "!reset");
    }
    if (service.publishesPorts && INTERNAL_SERVICES.has(service.name)) {
      set(service, "ports", [], "!reset");
    }
    const port = publication(service, options.ports ?? {});
    if (port !== undefined) {
      set(service, "ports", [port], "!override");
    }
    if (service.hasHealthCheck) {
      extend("healthcheck", {
        start_period: `${options.startPeriodSeconds}s`,
        start_interval: START_INTERVAL,
      });
    }
    if (options.restartToken !== undefined && !service.oneShot) {
      extend("labels", { [RESTART_LABEL]: options.restartToken.replaceAll("$", "$$$$") });
    }
    const variables = {
      ...Object.fromEntries(options.variables.map(reference)),
      ...options.literals,
    };
    if (isBackend(service) && Object.keys(variables).length > 0) {
      extend("environment", variables);
    }
  }
  // Quoted, since compose would take a date, `yes` or `1_000` for more than text.
  return document.toString({ lineWidth: 0, defaultStringType: "QUOTE_DOUBLE" });
}

/** `ADDRESS:HOST_PORT:CONTAINER_PORT` for the api and the front, where a host port is wanted. */
function publication(service: ServiceModel, ports: HostPorts): string | undefined {
  const address = ports.address ?? "127.0.0.1";
  const host = address.includes(":") ? `[${address}]` : address;
  if (service.name === "api" && ports.api !== undefined) {
    return `${host}:${ports.api}:${API_CONTAINER_PORT}`;
  }
  if (service.name === "front" && ports.front !== undefined) {
    return `${host}:${ports.front}:${FRONT_CONTAINER_PORT}`;
  }
  return undefined;
}

/** Services that run Lago's back-end image, wherever that is mirrored. */
function isBackend(service: ServiceModel): boolean {
  return /(^|\/)getlago\/api(:|@|$)/.test(service.image ?? "");
}

/** `:-` keeps compose from warning about a variable that is empty on purpose. */
function reference(name: string): [string, string] {
  return [name, `\${${name}:-}`];
}
