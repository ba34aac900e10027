import { Document } from "yaml";
import { REDIS_CONFIG_VARIABLE } from "../lago/config/derived.ts";
import { isMisspelled, scriptOf } from "../lago/pools.ts";
import type { ComposeModel, ServiceModel } from "./model.ts";
import { missingVariables, roleOfModel } from "./placement.ts";
import { redisWithPassword } from "./redis-password.ts";
import { commandText, isLagoImage } from "./roles.ts";
import { makesRsaKey, RSA_KEY_VARIABLE, withGivenRsaKey } from "./rsa-keys.ts";
import { LEFT_OUT } from "./superfluous.ts";

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
  /**
   * Names of the variables that are set; each is to reach all services that read it. Their values
   * come by environment.
   */
  readonly variables: readonly string[];
  /** Variables with values that are no secret, for every Lago back-end service. Defaults to none. */
  readonly literals?: Readonly<Record<string, string>> | undefined;
  /** Release of Lago whose images run, such as `v1.50.0`. Defaults to the files' own. */
  readonly version?: string | undefined;
  /** Memory limits by service, such as `512m`. Defaults to none. */
  readonly memoryLimits?: Readonly<Record<string, string>> | undefined;
  /** A label of this value on each lasting service makes compose start it anew when it changes. */
  readonly restartToken?: string | undefined;
  /** How long a starting service may fail its health check without being called unhealthy. */
  readonly startPeriodSeconds: number;
}

/** Port that the api listens on inside its container. */
export const API_CONTAINER_PORT = 3000;
/** Port that the front listens on inside its container. */
export const FRONT_CONTAINER_PORT = 80;

/** Health checks run this often while a service starts, and at the file's own interval after. */
const START_INTERVAL = "500ms";

/** Carries the token whose change makes compose start a service anew. */
export const RESTART_LABEL = "z-billing-lago.restart-token";

/** Docker keeps a container's log for ever otherwise: five files of 10 MB each are kept here. */
const LOG_ROTATION = { driver: "json-file", options: { "max-size": "10m", "max-file": "5" } };

/**
 * The compose override that makes one Lago file serve many deployments on a host: no fixed
 * container names, database and Redis not published, api and front where they are wanted, settings
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
  for (const name of model.left ?? []) {
    document.setIn(["services", name], toNode(document, LEFT_OUT));
  }
  // Quoted, since compose would take a date, `yes` or `1_000` for more than text.
  return document.toString({ lineWidth: 0, defaultStringType: "QUOTE_DOUBLE" });
}

/** A value that takes the place of the files' own instead of being merged with it. */
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
  if (service.containerName !== undefined) {
    changes.container_name = new Tagged("!reset", null);
  }
  const role = roleOfModel(service);
  // Nothing outside the project has to reach them.
  if (service.publishesPorts && (role === "db" || role === "redis")) {
    changes.ports = new Tagged("!reset", []);
  }
  const port = publication(service, options.ports ?? {});
  if (port !== undefined) {
    changes.ports = new Tagged("!override", [port]);
  }
  if (service.waitsFor !== undefined && service.added !== true) {
    changes.depends_on = new Tagged("!override", service.waitsFor);
  }
  if (service.hasHealthCheck) {
    extend("healthcheck", {
      start_period: `${options.startPeriodSeconds}s`,
      start_interval: START_INTERVAL,
    });
  }
  if (options.restartToken !== undefined && !service.oneShot) {
    extend("labels", { [RESTART_LABEL]: literal(options.restartToken) });
  }
  if (definition.logging == null) {
    changes.logging = LOG_ROTATION;
  }
  const memory = options.memoryLimits?.[service.name];
  if (memory !== undefined) {
    changes.mem_limit = memory;
  }
  const image = service.image ?? "";
  if (options.version !== undefined && (isLagoImage(image, "api") || isLagoImage(image, "front"))) {
    changes.image = `${image.replace(/(:[^/]*)?$/, "").replace(/@.*$/, "")}:${options.version}`;
  }
  extend("environment", {
    ...missingVariables(service, model, options.variables),
    ...(isLagoImage(image, "api") ? options.literals : {}),
  });
  if (service.name === "redis" && options.variables.includes(REDIS_CONFIG_VARIABLE)) {
    Object.assign(changes, redisWithPassword(definition));
  }
  if (makesRsaKey(definition) && options.variables.includes(RSA_KEY_VARIABLE)) {
    Object.assign(changes, withGivenRsaKey());
  }
  const command = commandText(definition);
  if (isMisspelled(command)) {
    changes.command = [`./scripts/${scriptOf(command)}`];
  }
  return changes;
}

/** A text that compose is not to look for variables in. */
function literal(text: string): string {
  return text.replaceAll("$", "$$$$");
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
