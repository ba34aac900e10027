/** The part that an image plays in a Lago deployment, or in front of one. */
export type StandInRole = "api" | "front" | "db" | "redis" | "pdf" | "proxy";

/** An image of a Lago compose file, or of the proxy in front of it, and what stands in for it. */
export interface StandIn {
  /** The reference as the compose file has it, for instance `getlago/api:v1.50.0`. */
  readonly image: string;
  readonly role: StandInRole;
  /** Tag of the reference, `latest` where it has none; the stand-in api claims it as its version. */
  readonly version: string;
}

/** The images of Lago v1.50.0's own compose file. */
export const STAND_IN_IMAGES: readonly string[] = [
  "getlago/api:v1.50.0",
  "getlago/front:v1.50.0",
  "getlago/lago-gotenberg:7.8.2",
  "getlago/postgres-partman:15.0-alpine",
  "redis:7-alpine",
];

/** Repositories without the registry's host in front; `library/` is Docker's name for its own. */
const ROLE_OF_REPOSITORY: Readonly<Record<string, StandInRole>> = {
  "getlago/api": "api",
  "getlago/front": "front",
  "getlago/lago-gotenberg": "pdf",
  "gotenberg/gotenberg": "pdf",
  "getlago/postgres-partman": "db",
  postgres: "db",
  "library/postgres": "db",
  redis: "redis",
  "library/redis": "redis",
  caddy: "proxy",
  "library/caddy": "proxy",
};

/**
 * What stands in for an image, or undefined when nothing does: a repository that is none of Lago's,
 * or a reference by digest, which no image built here can have.
 */
export function standInFor(image: string): StandIn | undefined {
  if (image.includes("@")) {
    return undefined;
  }
  const path = image.split("/");
  const first = path[0] ?? "";
  // Docker's own rule: a first part with a dot or a port, or localhost, is a registry.
  if (path.length > 1 && (/[.:]/.test(first) || first === "localhost")) {
    path.shift();
  }
  const [repository = "", version = "latest"] = path.join("/").split(":");
  const role = Object.hasOwn(ROLE_OF_REPOSITORY, repository)
    ? ROLE_OF_REPOSITORY[repository]
    : undefined;
  return role === undefined || version === "" ? undefined : { image, role, version };
}

/** What stands in for `images`, each once and in their order; images that nothing stands in for are left out. */
export function standInsFor(images: readonly string[]): StandIn[] {
  return [...new Set(images)].flatMap((image) => standInFor(image) ?? []);
}
