/** What the services of a compose project are to Lago. */
import type { LagoVariable, Role } from "../lago/catalogue/types.ts";

/** What tells a service's role. */
export interface ServiceTraits {
  readonly name: string;
  readonly image: string;
  /** Its entry point and command, as one text. */
  readonly command: string;
}

/** Whether an image is one of Lago's, wherever it is mirrored. */
export function isLagoImage(image: string, name: "api" | "front"): boolean {
  return new RegExp(`(^|/)getlago/${name}(:|@|$)`).test(image);
}

/**
 * What a service is to Lago, judged by its image and command, or by its name; undefined for one that
 * is none of Lago's. `compose` is a service of Lago's back end that reads no setting.
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
