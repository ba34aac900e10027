/** Role of an image in a Lago deployment, or in front of it. */
export type StandInRole = "api" | "front" | "db" | "redis" | "pdf" | "proxy";

/** An image of a Lago compose file, or of a proxy in front of Lago, and its stand-in. */
export interface StandIn {
  /** Reference in the compose file, for instance `getlago/api:v1.50.0`. */
  readonly image: string;
  readonly role: StandInRole;
  /** Tag of the reference, `latest` by default; the stand-in api reports this as its version. */
  readonly version: string;
}

/** Images of the compose file of Lago v1.50.0. */
export const STAND_IN_IMAGES: readonly string[] = [
  "getlago/api:v1.50.0",
  "getlago/front:v1.50.0",
  "getlago/lago-gotenberg:7.8.2",
  "getlago/postgres-partman:15.0-alpine",
  "redis:7-alpine",
];

/** Role by repository, without the registry's host; `library/` is Docker's name for its own. */
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
 * Returns the stand-in for an image; undefined for a repository that is not Lago's, and for a
 * reference by digest, which no image built here can have.
 */
export function standInFor(image: string): StandIn | undefined {
  if (image.includes("@")) {
    return undefined;
  }
  const path = image.split("/");
  const first = path[0] ?? "";
  // Docker's rule: a first part with a dot or a port, or localhost, is a registry.
  if (path.length > 1 && (/[.:]/.test(first) || first === "localhost")) {
    path.shift();
  }
  const [repository = "", version = "latest"] = path.join("/").split(":");
  const role = Object.hasOwn(ROLE_OF_REPOSITORY, repository)
    ? ROLE_OF_REPOSITORY[repository]
    : undefined;
  return role === undefined || version === "" ? undefined : { image, role, version };
}

/**
 * Returns the stand-ins for `images`, without duplicates and in their order. Images without a
 * stand-in are left out.
 */
export function standInsFor(images: readonly string[]): StandIn[] {
  return [...new Set(images)].flatMap((image) => standInFor(image) ?? []);
}
