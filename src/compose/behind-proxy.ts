/** Services that only a reverse proxy reaches, by a network that it shares with them. */
import type { ConfigIssue } from "../errors.ts";
import type { ComposeModel, ServiceModel, UpdateOrder } from "./model.ts";
import { networkKeysOf } from "./networks.ts";

/** Key of the network in the generated override. */
export const PROXY_NETWORK = "proxy";

/** Roles of the services that a proxy passes requests on to. */
const PROXIED_ROLES: readonly (string | undefined)[] = ["api", "front"];

/** Name of the network on the engine. */
export function proxyNetworkName(project: string): string {
  return `${project}_${PROXY_NETWORK}`;
}

/**
 * Name of the one container of a service that gets requests, and the host name at which a proxy
 * finds this container. Unlike an alias of the network the name can move from one running container
 * to another.
 */
export function liveName(project: string, service: string): string {
  return `${project}-${service}`;
}

/** Name on the network for all containers of a service, should none have the {@link liveName}. */
export function anyName(project: string, service: string): string {
  return `${liveName(project, service)}-any`;
}

/** Puts api and front behind a proxy: neither is published on the host. */
export function withProxyNetwork(model: ComposeModel): ComposeModel {
  const services = model.services.map((service) =>
    PROXIED_ROLES.includes(service.role)
      ? { ...service, publishesPorts: false, updateOrder: updateOrderOf(service) }
      : service,
  );
  return { ...model, services };
}

/** Networks of a service behind a proxy: those of the files, and the one that the proxy shares. */
export function networksBehindProxy({ name, definition }: ServiceModel): Record<string, unknown> {
  // Compose fills in the project's name. Services of several projects may meet at one proxy.
  const aliases = [anyName("${COMPOSE_PROJECT_NAME}", name)];
  const own = networkKeysOf(definition).map((key) => [key, null]);
  return { ...Object.fromEntries(own), [PROXY_NETWORK]: { aliases } };
}

/** Finds parts of compose files that do not go with a proxy. */
export function proxyFaults({ services, networks = [] }: ComposeModel): ConfigIssue[] {
  const field = "behindProxy";
  const own = networks.some(({ key }) => key === PROXY_NETWORK)
    ? [
        {
          field,
          message: `the compose files have a network ${PROXY_NETWORK} of their own; give theirs another name`,
        },
      ]
    : [];
  const several = services.filter((one) => one.updateOrder !== undefined && scaleOf(one) !== "1");
  return [
    ...own,
    ...several.map(({ name }) => ({
      field,
      message: `${name} has more than one container in the compose files, and a proxy finds only one; take its \`scale\` or \`deploy.replicas\` away`,
    })),
  ];
}

function scaleOf({ definition }: ServiceModel): string {
  const { scale, deploy } = definition as {
    readonly scale?: unknown;
    readonly deploy?: { readonly replicas?: unknown } | null;
  };
  return String(deploy?.replicas ?? scale ?? 1);
}

function updateOrderOf({ definition }: ServiceModel): UpdateOrder {
  const { deploy } = definition as {
    readonly deploy?: { readonly update_config?: { readonly order?: unknown } | null } | null;
  };
  return deploy?.update_config?.order === "stop-first" ? "stop-first" : "start-first";
}
