import { Document } from "yaml";
import { REDIS_CONFIG_VARIABLE } from "../lago/config/derived.ts";
import { isMisspelled, scriptOf } from "../lago/pools.ts";
import { fieldsOf } from "../text/coerce.ts";
import { networksBehindProxy, PROXY_NETWORK } from "./behind-proxy.ts";
import { DISABLED } from "./disabled-services.ts";
import { releasedImage } from "./images.ts";
import type { ComposeModel, ServiceModel } from "./model.ts";
import {
  API_CONTAINER_PORT,
  FRONT_CONTAINER_PORT,
  furtherOwnPorts,
  otherPorts,
} from "./own-ports.ts";
import { missingVariables } from "./placement.ts";
import { redisWithPassword } from "./redis-password.ts";
import { commandText, isBackend } from "./roles.ts";
import { makesRsaKey, RSA_KEY_VARIABLE, withGivenRsaKey } from "./rsa-keys.ts";
import { serviceWithRole } from "./service-roles.ts";

/** Addresses on the host at which the api and the front are published. */
export interface HostPorts {
  /** Host port of the api, 1 to 65535. Defaults to 3000. */
  readonly api?: number | undefined;
  /** Host port of the front, 1 to 65535. Defaults to 80. */
  readonly front?: number | undefined;
  /** Host address to publish on. Defaults to 127.0.0.1, this host only. */
  readonly address?: string | undefined;
}

/** Changes that the generated override makes to the compose files below it. */
export interface OverrideOptions {
  readonly ports?: HostPorts | undefined;
  /**
   * Names of the variables that are set. Each reaches all services that read it. Their values come
   * by environment.
   */
  readonly variables: readonly string[];
  /**
   * Variables with values that are not secret, for every Lago back-end service. Defaults to none.
   */
  readonly literals?: Readonly<Record<string, string>> | undefined;
  /**
   * Names of the variables whose values nobody chose. They reach only services that get none from the
   * files. Defaults to none.
   */
  readonly unchosen?: ReadonlySet<string> | undefined;
  /** Values of the variables in the files. Defaults to none. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** Release of Lago to run, such as `v1.50.0`. Defaults to the files' own. */
  readonly version?: string | undefined;
  /** Memory limits by service, such as `512m`. Defaults to none. */
  readonly memoryLimits?: Readonly<Record<string, string>> | undefined;
  /**
   * Value of a label on each long-running service. A new value makes compose recreate the
   * containers.
   */
  readonly restartToken?: string | undefined;
  /**
   * Seconds for which a starting service may fail its health check before it counts as unhealthy.
   */
  readonly startPeriodSeconds: number;
  /**
   * Whether only what somebody set is changed, so that containers of the files alone stay as they are.
   * Then `ports` and `variables` have only what was set. Defaults to false.
   */
  readonly onlyChosen?: boolean | undefined;
}

/** Interval of health checks while a service starts; afterwards the file's own interval applies. */
const START_INTERVAL = "500ms";

/** Label with the restart token. A new token makes compose recreate the container. */
export const RESTART_LABEL = "z-billing-lago.restart-token";

/** Log rotation: five files of 10 MB per container. Docker's default keeps logs without limit. */
const LOG_ROTATION = { driver: "json-file", options: { "max-size": "10m", "max-file": "5" } };

/**
 * Generates the compose override that lets one Lago file serve many deployments on a host: no fixed
 * container names, database and Redis not published, the wanted ports of api and front, settings
 * that the file does not pass on, and quick health checks during the start.
 *
 * Values of settings stand in it as `${NAME}` references, so that it holds no secret.
 */
export function generateOverride(model: ComposeModel, options: OverrideOptions): string {
  const document = new Document({ services: {} });
  for (const service of model.services) {
    const changes = serviceChanges(service, model, options);
    for (const [key, value] of Object.entries(changes)) {
      document.setIn(["services", service.name, key], toNode(document, value));
    }
  }
  if (model.services.some(({ updateOrder }) => updateOrder !== undefined)) {
    document.setIn(["networks", PROXY_NETWORK], toNode(document, {}));
  }
  for (const name of model.disabledServices ?? []) {
    document.setIn(["services", name], toNode(document, DISABLED));
  }
  // Quoted, since compose would read a date, `yes` or `1_000` as something else than text.
  return document.toString({ lineWidth: 0, defaultStringType: "QUOTE_DOUBLE" });
}

/** A value that replaces the value of the files instead of being merged with it. */
class Tagged {
  readonly tag: "!reset" | "!override";
  readonly value: unknown;

  constructor(tag: "!reset" | "!override", value: unknown) {
    this.tag = tag;
    this.value = value;
  }
}

function toNode(document: Document, value: unknown) {
  const node = document.createNode(value instanceof Tagged ? value.value : value);
  if (value instanceof Tagged) {
    node.tag = value.tag;
  }
  return node;
}

function serviceChanges(
  service: ServiceModel,
  model: ComposeModel,
  options: OverrideOptions,
): Record<string, unknown> {
  const { definition } = service;
  const changes: Record<string, unknown> = service.added === true ? { ...definition } : {};
  const extend = (key: string, value: Record<string, unknown>) => {
    if (Object.keys(value).length > 0) {
      changes[key] = { ...(changes[key] as object | undefined), ...value };
    }
  };
  const isWhole = options.onlyChosen !== true;
  if (isWhole && service.containerName !== undefined) {
    changes.container_name = new Tagged("!reset", null);
  }
  const { role } = service;
  // Only containers of the project need the database and Redis.
  if (isWhole && service.publishesPorts && (role === "db" || role === "redis")) {
    changes.ports = new Tagged("!reset", []);
  }
  const port = publication(service, model, options.ports ?? {});
  if (port !== undefined) {
    const further = furtherOwnPorts(service, options.environment);
    changes.ports = new Tagged("!override", [
      port,
      ...further,
      ...otherPorts(service, options.environment),
    ]);
  }
  if (service.updateOrder !== undefined) {
    const others = otherPorts(service, options.environment);
    changes.ports = new Tagged(others.length === 0 ? "!reset" : "!override", others);
    changes.networks = networksBehindProxy(service);
  }
  if (service.waitsFor !== undefined && service.added !== true) {
    changes.depends_on = new Tagged("!override", service.waitsFor);
  }
  if (isWhole && service.hasHealthCheck) {
    extend("healthcheck", {
      start_period: `${options.startPeriodSeconds}s`,
      start_interval: START_INTERVAL,
    });
  }
  if (options.restartToken !== undefined && !service.oneShot) {
    extend("labels", { [RESTART_LABEL]: literal(options.restartToken) });
  }
  if (isWhole && definition.logging == null) {
    changes.logging = LOG_ROTATION;
  }
  const memory = options.memoryLimits?.[service.name];
  if (memory !== undefined) {
    Object.assign(changes, memoryLimit(definition, memory));
  }
  const image = service.image ?? "";
  const released = releasedImage(image, options.version, options.environment);
  if (released !== image) {
    changes.image = released;
  }
  extend("environment", {
    ...missingVariables(service, model, options.variables, options.unchosen, options.environment),
    ...(isBackend(role) ? options.literals : {}),
  });
  if (role === "redis" && options.variables.includes(REDIS_CONFIG_VARIABLE)) {
    Object.assign(changes, redisWithPassword(definition));
  }
  if (makesRsaKey(definition) && options.variables.includes(RSA_KEY_VARIABLE)) {
    Object.assign(changes, withGivenRsaKey());
  }
  const command = commandText(definition);
  if (isWhole && isMisspelled(command)) {
    changes.command = [`./scripts/${scriptOf(command)}`];
  }
  return changes;
}

/** Limit of memory at the place where the files have one, since compose refuses two. */
function memoryLimit(
  { deploy }: ServiceModel["definition"],
  memory: string,
): Record<string, unknown> {
  const limits = fieldsOf(fieldsOf(fieldsOf(deploy).resources).limits);
  return limits.memory == null
    ? { mem_limit: memory }
    : { deploy: { resources: { limits: { memory } } } };
}

/** Escapes a text so that compose finds no variable in it. */
function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
}

/**
 * `ADDRESS:HOST_PORT:CONTAINER_PORT` for the api and the front; undefined without a host port. Of two
 * services with one role only one can have the port: the other stays as the files have it.
 */
function publication(
  service: ServiceModel,
  model: ComposeModel,
  ports: HostPorts,
): string | undefined {
  const { role } = service;
  if (role === undefined || serviceWithRole(model, role)?.name !== service.name) {
    return undefined;
  }
  const address = ports.address ?? "127.0.0.1";
  const host = address.includes(":") ? `[${address}]` : address;
  if (role === "api" && ports.api !== undefined) {
    return `${host}:${ports.api}:${API_CONTAINER_PORT}`;
  }
  if (role === "front" && ports.front !== undefined) {
    return `${host}:${ports.front}:${FRONT_CONTAINER_PORT}`;
  }
  return undefined;
}
