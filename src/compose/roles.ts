/** Roles of a compose project's services in Lago. */
import type { LagoVariable, Role } from "../lago/catalogue/types.ts";

/** The properties that a service's role follows from. */
export interface ServiceTraits {
  readonly name: string;
  readonly image: string;
  /** Entry point and command of the service, as one text. */
  readonly command: string;
}

/** Whether an image is Lago's `api` or `front` image, from any registry. */
export function isLagoImage(image: string, name: "api" | "front"): boolean {
  return new RegExp(`(^|/)getlago/${name}(:|@|$)`).test(image);
}

/**
 * Role of a service, judged by its image and command, or by its name; undefined for a service that
 * is not Lago's. `compose` is a back-end service that reads no setting.
 */
export function roleOf({ name, image, command }: ServiceTraits): Role | undefined {
  if (isLagoImage(image, "api")) {
    return backendRole(command) ?? backendRole(name) ?? "worker";
  }
  if (isLagoImage(image, "front")) {
    return "front";
  }
  const kinds: readonly (readonly [RegExp, Role])[] = [
    [/postgres|timescale/i, "db"],
    [/redis|valkey/i, "redis"],
    [/traefik|portainer|caddy|nginx/i, "proxy"],
  ];
  const byImage = kinds.find(([pattern]) => pattern.test(image))?.[1];
  const byName: Readonly<Record<string, Role>> = { db: "db", redis: "redis", front: "front" };
  return byImage ?? (Object.hasOwn(byName, name) ? byName[name] : undefined);
}

/** Returns the name that a variable has inside the containers of a role. */
export function nameInside({ name, as }: LagoVariable, role: Role | undefined): string {
  return (role && as?.[role]) ?? name;
}

/** A service's entry point and command in a compose file, as one text. */
export function commandText(definition: Readonly<Record<string, unknown>>): string {
  return [definition.entrypoint, definition.command]
    .flat()
    .filter((word) => word != null)
    .map(String)
    .join(" ");
}

function backendRole(text: string): Role | undefined {
  const roles: readonly (readonly [RegExp, Role])[] = [
    [/migrate/, "migrate"],
    [/generate\.rsa|rsa-keys/, "compose"],
    [/worker|sidekiq|consumer/, "worker"],
    [/clock/, "clock"],
    [/start\.api|^api$|start\.sh|rails s/, "api"],
  ];
  return roles.find(([pattern]) => pattern.test(text))?.[1];
}
