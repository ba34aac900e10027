/** Ports at which the containers of a project are published. Pure. */
import type { ComposeModel } from "../compose/model.ts";
import { API_CONTAINER_PORT, FRONT_CONTAINER_PORT } from "../compose/own-ports.ts";
import { serviceWithRole } from "../compose/service-roles.ts";
import { SERVICE_LABEL } from "../docker/labels.ts";
import { PUBLISHED_SERVICES, type WantedPorts } from "../spec/wanted-ports.ts";
import type { Snapshot } from "./snapshot.ts";

const CONTAINER_PORTS = { api: API_CONTAINER_PORT, front: FRONT_CONTAINER_PORT } as const;

/** Adds the ports and the address of present containers of api and front, where none are wanted. */
export function withPresentPorts(
  wanted: WantedPorts | undefined,
  model: ComposeModel,
  { containers }: Pick<Snapshot, "containers">,
): WantedPorts | undefined {
  const found = PUBLISHED_SERVICES.flatMap((role) => {
    const service = serviceWithRole(model, role)?.name;
    const bindings = containers
      .filter(({ Config }) => Config.Labels?.[SERVICE_LABEL] === service)
      .flatMap(({ HostConfig }) => HostConfig.PortBindings?.[`${CONTAINER_PORTS[role]}/tcp`] ?? []);
    const port = Number(bindings[0]?.HostPort);
    return port > 0 ? [{ role, port, address: bindings[0]?.HostIp || "0.0.0.0" }] : [];
  });
  const [first] = found;
  return first === undefined
    ? wanted
    : {
        ...Object.fromEntries(found.map(({ role, port }) => [role, port])),
        address: first.address,
        ...wanted,
      };
}
