/** Releases of PostgreSQL and the folders of its data, as images and their variables tell. Pure. */

/** Images that bring the data of an older release up to their own. */
const UPGRADES_DATA = /(^|\/)pgautoupgrade\//;

/** First release whose official image keeps its data in a folder of the release. */
const OWN_FOLDER_SINCE = 18;

/** Newest release whose folder is looked for. */
const NEWEST_MAJOR = 25;

/**
 * Major release in an image's tag, such as 15 of `postgres:15.4` or `timescaledb:2-pg15`; undefined
 * where the tag has none.
 */
export function postgresMajorInTag(image: string): string | undefined {
  const [name = ""] = image.split("@");
  const tag = /:([^/]*)$/.exec(name)?.[1] ?? "";
  const marked = /pg-?(\d+)/i.exec(tag)?.[1];
  // The tags of other images begin with a release of their own.
  const isOfPostgres = /postgres|postgis/i.test(name.replace(/:[^/]*$/, ""));
  const [, number, minor] = /(\d+)(?:\.(\d+))?/.exec(tag) ?? [];
  return marked ?? (isOfPostgres ? majorOf(number, minor) : undefined);
}

/**
 * Major release of PostgreSQL in an image, by the variable that official images set, else by its
 * tag. Undefined where nothing tells, and for an image that upgrades the data.
 *
 * @param variables variables that the image sets; none where the image is not known
 */
export function postgresMajorOf(
  image: string,
  variables: Readonly<Record<string, string>> = {},
): string | undefined {
  return UPGRADES_DATA.test(image) ? undefined : variables.PG_MAJOR || postgresMajorInTag(image);
}

/**
 * Folders in which a container may have data of PostgreSQL, the likeliest first.
 *
 * @param pgdata value of `PGDATA`, by the service or its image
 * @param targets folders at which the service mounts something
 */
export function postgresDataFolders(
  pgdata: string | undefined,
  targets: readonly string[],
): string[] {
  const releases = Array.from(
    { length: NEWEST_MAJOR - OWN_FOLDER_SINCE + 1 },
    (_, index) => NEWEST_MAJOR - index,
  );
  const inTargets = targets.flatMap((target) => [target, `${target}/data`, `${target}/pgdata`]);
  const official = targets.includes("/var/lib/postgresql")
    ? releases.map((major) => `/var/lib/postgresql/${major}/docker`)
    : [];
  const all = [...(pgdata ? [pgdata] : []), "/var/lib/postgresql/data", ...inTargets, ...official];
  const within = (folder: string) =>
    targets.some((target) => folder === target || folder.startsWith(`${target}/`));
  // Other folders are not kept, and hold no data of an earlier container.
  return [...new Set(all)].filter(within);
}

/** Before release 10, the first two numbers name a major release. */
function majorOf(number: string | undefined, minor: string | undefined): string | undefined {
  const major = Number(number);
  if (number === undefined || major < 9) {
    return undefined;
  }
  return major === 9 && minor !== undefined ? `9.${minor}` : `${major}`;
}
