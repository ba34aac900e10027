/**
 * What the containers of a project have in their environment as secrets. Whoever stops, restarts or
 * reads logs by a project's name alone knows no values: the containers do.
 */

import { lookUntilNoneGoes } from "../docker/vanished.ts";
import { allSettledOrThrow } from "../process/async.ts";

/** Looks at a project whose containers are being replaced. */
const MAX_LOOKS = 3;

/** Calls docker with these arguments and returns what it prints. */
type Ask = (args: readonly string[]) => Promise<string>;

/**
 * The secrets of a project's containers, running or not: one call lists the containers, one more
 * looks into them, however many they are.
 *
 * @throws DeployError when docker cannot be asked, or of kind `ParseError`
 */
export function containerSecrets(projectName: string, ask: Ask): Promise<string[]> {
  return lookUntilNoneGoes(MAX_LOOKS, async () => {
    const filter = `label=com.docker.compose.project=${projectName}`;
    const list = ["container", "ls", "--all", "--quiet", "--no-trunc", "--filter", filter];
    const ids = (await ask(list)).split("\n").filter((id) => id !== "");
    if (ids.length === 0) {
      return [];
    }
    const inspect = ["container", "inspect", "--format", "{{json .Config.Env}}", ...ids];
    const [said, { secretsIn }] = await allSettledOrThrow([
      ask(inspect),
      import("./environments.ts"),
    ]);
    return secretsIn(said);
  });
}
