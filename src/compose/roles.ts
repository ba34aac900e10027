/** Roles of a compose project's services in Lago. */
import { BACKEND, type LagoVariable, type Role } from "../lago/catalogue/types.ts";

/** The properties that a service's role follows from. No name: people call their services anything. */
export interface ServiceTraits {
  /** Name of the image, with variables filled in. Empty for a service that is only built. */
  readonly image: string;
  /** Entry point and command of the service, as one text. Empty for those of the image. */
  readonly command: string;
  /** Test of the health check, as one text. Defaults to none. */
  readonly healthCheck?: string | undefined;
}

/** Parts of Lago that come as images of their own. */
type LagoPart = "api" | "front";

/** An image of Lago, under its own name in any registry. Its tag is a release of Lago. */
const RELEASED = /(?:^|\/)(?:getlago[/._-]|lago\/)(api|front)$/;

/** An image that somebody built on one of Lago's, by the usual names of such images. */
const BUILT_ON = /(?:^|[/._-])lago(?:[._-][\w.-]*)?[._-](api|front)(?:[._-][\w.-]*)?$/;

/** Lago's image with all services in one container. */
const ALL_IN_ONE = /(?:^|\/)getlago\/lago$/;

/** Images that are named after a database or a Redis, and are none. */
const TOOLS =
  /exporter|backup|bouncer|pgadmin|adminer|commander|insight|sentinel|dump|postgrest\b|postgres-meta|phpredis|(?:postgres|redis)[\w-]*-(?:client|proxy|operator)/i;

/** Images of other makers, by role. */
const IMAGES: readonly (readonly [RegExp, Role])[] = [
  [/postgres|timescale|pgvect|postgis|partman|citus|paradedb|spilo|(?:^|\/)apache\/age$/i, "db"],
  [/redis|valkey|keydb|dragonfly|kvrocks|garnet/i, "redis"],
  [/gotenberg/i, "pdf"],
  [/traefik|portainer|caddy|nginx|haproxy|envoy/i, "proxy"],
];

/** Commands of Lago's back end, by role. */
const COMMANDS: readonly (readonly [RegExp, Role])[] = [
  [/migrate/, "migrate"],
  [/generate\.rsa|rsa-keys/, "compose"],
  [/worker|sidekiq|consumer/, "worker"],
  [/clock/, "clock"],
  [/start\.api|start\.sh|rails s|puma/, "api"],
];

/** Scripts of Lago's back end. Another program's worker runs `sidekiq` too, but no such script. */
const LAGO_SCRIPT = /\bscripts\/(?:start|migrate|generate)[\w.]*\.sh\b/;

/** Health checks, by role. */
const HEALTH_CHECKS: readonly (readonly [RegExp, Role])[] = [
  [/pg_isready/, "db"],
  [/(?:redis|valkey|keydb|dragonfly)-cli/, "redis"],
  [/:3000\/health\b/, "api"],
];

/** Programs that ask a database or Redis something, and end. */
const CLIENTS = /\b(psql|pg_\w+|createdb|createuser|redis-cli|valkey-cli)\b/;

const SERVERS =
  /\b(postgres|patroni|redis-server|redis-stack-server|valkey-server|keydb-server|dragonfly|kvrocks|GarnetServer)\b|\/(postgresql(-repmgr)?|redis|valkey|keydb)\/run\.sh\b/;

/** Programs that start another one, which follows. */
const WRAPPER = /(^|\/)(tini|dumb-init|--|[\w.-]*entrypoint[\w.-]*|enter)$/;

/** Whether an image is Lago's `api` or `front` image from any registry, or built on it. */
export function isLagoImage(image: string, part: LagoPart): boolean {
  return partOf(repositoryOf(image)) === part;
}

/** Whether an image is one of Lago's own, so that its tag is a release of Lago. */
export function isReleasedImage(image: string): boolean {
  return RELEASED.test(repositoryOf(image));
}

/** Whether an image is Lago's image with all services in one container. */
export function isAllInOne(image: string): boolean {
  return ALL_IN_ONE.test(repositoryOf(image));
}

/**
 * Role of a service, judged by its image, else by its command, else by its health check; undefined
 * for a service that is not Lago's. `compose` is a back-end service that reads no setting.
 */
export function roleOf({ image, command, healthCheck = "" }: ServiceTraits): Role | undefined {
  const repository = repositoryOf(image);
  const part = partOf(repository);
  if (part === "front") {
    return "front";
  }
  if (part === "api") {
    // The image's own command starts the api.
    return command === "" ? "api" : (roleOfCommand(command) ?? "worker");
  }
  return (
    roleOfImage(repository, command) ??
    (LAGO_SCRIPT.test(command) ? roleOfCommand(command) : undefined) ??
    first(HEALTH_CHECKS, healthCheck)
  );
}

/** Whether a role is one of those that run Lago's back end and read its settings. */
export function isBackend(role: Role | undefined): boolean {
  return role !== undefined && (BACKEND as readonly Role[]).includes(role);
}

/** Returns the name that a variable has inside the containers of a role. */
export function nameInside({ name, as }: LagoVariable, role: Role | undefined): string {
  return (role && as?.[role]) ?? name;
}

/** A service's entry point and command in a compose file, as one text. */
export function commandText(definition: Readonly<Record<string, unknown>>): string {
  return textOfWords([definition.entrypoint, definition.command].flat());
}

/** Test of a service's health check in a compose file, as one text. */
export function healthTestText({ healthcheck }: Readonly<Record<string, unknown>>): string {
  const isGiven = typeof healthcheck === "object" && healthcheck !== null;
  return isGiven && "test" in healthcheck ? textOfWords([healthcheck.test].flat()) : "";
}

/** Role of the last program of Lago's in a command, as in `migrate.sh && start.api.sh`. */
function roleOfCommand(command: string): Role | undefined {
  const roles = command.split(/&&|\|\||[;\n]/).map((part) => first(COMMANDS, part));
  return roles.findLast((role) => role !== undefined);
}

/** Role of another maker's image. Images of a database and of Redis have tools for tasks, too. */
function roleOfImage(repository: string, command: string): Role | undefined {
  const role = TOOLS.test(repository) ? undefined : first(IMAGES, repository);
  const isStore = role === "db" || role === "redis";
  return isStore && !isServer(command) ? undefined : role;
}

/** Whether a command runs the server of an image, and no client or task. */
function isServer(command: string): boolean {
  const program = command.split(" ").find((word) => word !== "" && !WRAPPER.test(word));
  // Options and a file of configuration alone are for the image's own program.
  if (program === undefined || program.startsWith("-") || program.endsWith(".conf")) {
    return true;
  }
  // After the server's own name come options, in which extensions such as pg_cron have names.
  return SERVERS.test(program) || (SERVERS.test(command) && !CLIENTS.test(command));
}

function textOfWords(words: readonly unknown[]): string {
  return words
    .filter((word) => word != null)
    .map(String)
    .join(" ");
}

/** Name of an image without its tag and digest. */
function repositoryOf(image: string): string {
  return image.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
}

function partOf(repository: string): LagoPart | undefined {
  const [, part] = RELEASED.exec(repository) ?? BUILT_ON.exec(repository) ?? [];
  return part as LagoPart | undefined;
}

function first(rules: readonly (readonly [RegExp, Role])[], text: string): Role | undefined {
  return rules.find(([pattern]) => pattern.test(text))?.[1];
}
