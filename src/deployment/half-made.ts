/**
 * What compose leaves when it is killed while it replaces a container. It makes the new one as
 * `<start of the old one's id>_<name>` and renames it once the old one is gone (compose 2.26 and 5.6,
 * read in their source); the next `up` then fails on that name, and goes on failing.
 */
import { callDocker } from "../docker/docker.ts";
import type { Engine } from "../docker/endpoint-settings.ts";
import { redactUrls } from "../redaction/redact.ts";

const TIMEOUT_MS = 60_000;

/** Where no compose file is. */
const NEUTRAL_FOLDER = "/";

const FORMAT = "{{.ID}}\t{{.State}}\t{{.Names}}";

/** A container that never ran. */
export interface HalfMade {
  readonly id: string;
  readonly name: string;
}

/**
 * Reads `docker container ls` in {@link FORMAT}. A container that has run is never among them, nor
 * one that somebody named so himself: the name has to go on with the project's.
 */
export function parseHalfMade(text: string, project: string): HalfMade[] {
  return text.split("\n").flatMap((line) => {
    const [id = "", state, name = ""] = line.split("\t");
    const own = /^[0-9a-f]{12}_/.test(name) && name.slice(13).startsWith(`${project}-`);
    return state === "created" && own ? [{ id, name }] : [];
  });
}

/**
 * Removes a project's half-made containers. Nothing else may be at work on the project meanwhile.
 * Their volumes stay: those are the old containers' too.
 *
 * @returns their names
 */
export async function removeHalfMade(
  project: string,
  engine: Engine,
  signal?: AbortSignal,
): Promise<string[]> {
  const docker = (args: readonly string[]) =>
    callDocker({
      engine,
      purpose: `Removing what an earlier run left half made of project ${project}`,
      args,
      cwd: NEUTRAL_FOLDER,
      timeoutMs: TIMEOUT_MS,
      signal,
      redact: redactUrls,
    });
  const filters = ["--filter", `label=com.docker.compose.project=${project}`];
  const state = ["--filter", "status=created"];
  const { stdout } = await docker([
    ...["container", "ls", "--all", "--no-trunc", ...filters, ...state, "--format", FORMAT],
  ]);
  const found = parseHalfMade(stdout, project);
  if (found.length > 0) {
    await docker(["container", "rm", ...found.map(({ id }) => id)]);
  }
  return found.map(({ name }) => name);
}
