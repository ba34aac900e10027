/**
 * Secrets in the environments of a project's containers. Stopping, restarting and reading logs by
 * project name alone get no settings, so the containers are the only source of the secrets to hide.
 */

import { lookUntilNoneGoes } from "../docker/vanished.ts";
import { together } from "../process/together.ts";

/** Attempts to read a project while its containers are being replaced. */
const MAX_LOOKS = 3;

/** Calls docker with these arguments and returns what it prints. */
type Ask = (args: readonly string[]) => Promise<string>;

/**
 * Returns the secrets of a project's containers, running or not. Two docker calls for any number of
 * containers: one lists them, one inspects them all.
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
    const [output, { secretsIn }] = await together([ask(inspect), import("./environments.ts")]);
    return secretsIn(output);
  });
}
