/** `exec` and `rails`: run commands in a project's containers. */

import { execIn, runningContainer } from "../../deployment/exec.ts";
import { DeployError } from "../../errors.ts";
import { zbl } from "../../text/zbl.ts";
import type { CommandContext } from "../command-context.ts";
import type { TargetOptions } from "../target.ts";
import { targetProject } from "../target-project.ts";

/** Command that starts Rails in the image of Lago's api. */
const RAILS = ["bundle", "exec", "rails"];

/** Docker's exit code when the container has no such program. */
const NO_SUCH_PROGRAM = 127;

interface ExecOptions extends TargetOptions {
  readonly index?: number;
  readonly user?: string;
  readonly workdir?: string;
}

/** Runs a command in a service's container and exits with its exit code. */
export async function execCommand(
  context: CommandContext,
  service: string,
  command: readonly string[],
  options: ExecOptions,
): Promise<void> {
  const project = await targetProject(options, context.environment, { signal: context.signal });
  const container = await runningContainer(project, service, options.index);
  const { user, workdir } = options;
  process.exitCode = await execIn(project, container, { command, user, workdir, tty: hasTty() });
}

/**
 * Runs Rails in the api; without arguments its console.
 *
 * @throws DeployError of kind `CommandExecution` where the api has no Rails
 */
export async function railsCommand(
  context: CommandContext,
  args: readonly string[],
  options: TargetOptions,
): Promise<void> {
  const project = await targetProject(options, context.environment, { signal: context.signal });
  const container = await runningContainer(project, "api");
  const missing = (why: string) =>
    new DeployError("CommandExecution", `There is no Rails to run in ${container.name}: ${why}`, {
      service: container.service,
      image: container.image,
    });
  if (container.standIn) {
    throw missing(
      `its image ${container.image} is a stand-in, a small HTTP service under the name of Lago's own. Deploy Lago's own images where an image registry answers.`,
    );
  }
  const command = [...RAILS, ...(args.length === 0 ? ["console"] : args)];
  const exitCode = await execIn(project, container, { command, tty: hasTty() });
  if (exitCode === NO_SUCH_PROGRAM) {
    throw missing(
      `its image ${container.image} has no \`bundle\`. Is it Lago's own? \`${zbl("status", "--project", project.name)}\` shows what runs.`,
    );
  }
  process.exitCode = exitCode;
}

/**
 * Whether to allocate a terminal. Both streams must be terminals: `-t` garbles the data of a pipe.
 */
function hasTty(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}
