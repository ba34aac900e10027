import { onPath } from "./on-path.ts";

/**
 * Returns the docker program of this machine. Its compose reads files for the modeled engine,
 * without a daemon.
 *
 * @throws Error when there is none on the PATH
 */
export function realDocker(path = process.env.PATH ?? ""): string {
  const found = onPath("docker", path);
  if (found === undefined) {
    throw new Error("no docker on the PATH; `npm run setup` installs it");
  }
  return found;
}
