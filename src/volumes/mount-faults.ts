/** Mounts whose source on the host is missing, or is a folder in place of a file. Pure. */
import type { MountSource } from "../compose/mount-sources.ts";
import { isAtLeast } from "../docker/version.ts";
import type { ConfigIssue } from "../errors.ts";
import type { PathKind } from "../observe/host-paths.ts";

/**
 * First release of compose that makes a missing folder of a mount in the long form too, unless the
 * files say `create_host_path: false` (docker/compose, issue 12797).
 */
const MAKES_FOLDERS_SINCE = "2.35.0";

/** Finds mounts that docker would refuse, since their source is missing and nothing makes it. */
export function missingSources(
  sources: readonly MountSource[],
  kinds: ReadonlyMap<string, PathKind>,
  composeVersion: string,
): ConfigIssue[] {
  return sources
    .filter(({ path, becomesFolder }) => {
      const isMade = becomesFolder ?? isAtLeast(composeVersion, MAKES_FOLDERS_SINCE);
      return kinds.get(path) === "missing" && !isMade;
    })
    .map(({ service, section, path }) => ({
      field: `services.${service}.${section}`,
      message: `mounts ${path}, which is not there; put it there, or correct the path in the compose files, then run the same command again`,
    }));
}

/**
 * Finds mounts that look like files and would be folders: docker makes an empty folder in place of a
 * missing source of the short form.
 */
export function foldersForFiles(
  sources: readonly MountSource[],
  kinds: ReadonlyMap<string, PathKind>,
): MountSource[] {
  return sources.filter(
    ({ path, target, becomesFolder }) =>
      becomesFolder === true &&
      ["missing", "folder"].includes(kinds.get(path) ?? "file") &&
      looksLikeFile(path) &&
      looksLikeFile(target),
  );
}

/** Whether a path ends as names of files do, such as `nginx.conf`, and as no folder `conf.d` does. */
function looksLikeFile(path: string): boolean {
  return /[^/]\.(?!d$)[a-z][a-z0-9]{0,9}$/i.test(path);
}
