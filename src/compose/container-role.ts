import type { EngineContainer } from "../docker/engine-container.ts";
import type { Role } from "../lago/catalogue/types.ts";
import { roleOf, type ServiceTraits } from "./roles.ts";

/** Traits of a container that tell its role: image, entry point with command, and health check. */
export function traitsOfContainer({
  Config: { Image, Entrypoint, Cmd, Healthcheck },
}: Pick<EngineContainer, "Config">): ServiceTraits {
  return {
    image: Image,
    command: [...(Entrypoint ?? []), ...(Cmd ?? [])].join(" "),
    healthCheck: (Healthcheck?.Test ?? []).join(" "),
  };
}

/**
 * Judges what a container is to Lago, as its image, command and health check tell. Undefined for others,
 * and for services whose role only a setting tells.
 */
export function roleOfContainer(container: Pick<EngineContainer, "Config">): Role | undefined {
  return roleOf(traitsOfContainer(container));
}
