/** `exec` and `rails`: run commands in a project's containers. */

import { execIn, runningContainer, runningContainerWithRole } from "../../deployment/exec.ts";
import { DeployError } from "../../errors.ts";
import { zbl } from "../../text/zbl.ts";
import type { CommandContext } from "../command-context.ts";
import { locatedTarget } from "../located-target.ts";
import type { NamedTarget } from "../named-target.ts";
import { targetProject } from "../target-project.ts";
import { UsageError } from "../usage-error.ts";

/** Command that starts Rails in the image of Lago's api. */
const RAILS = ["bundle", "exec", "rails"];

/** Docker's exit code when the container has no such program. */
const NO_SUCH_PROGRAM = 127;

interface ExecOptions extends NamedTarget {
  readonly index?: number;
  readonly user?: string;
  readonly workdir?: string;
  /** False where the command gets no terminal. */
  readonly tty?: boolean;
}

/**
 * Runs a command in a service's container and exits with its exit code.
 *
 * @param given service and command, with or without the name of a stack in front
 * @throws UsageError where there is no command
 */
export async function execCommand(
  context: CommandContext,
  given: readonly string[],
  named: ExecOptions,
): Promise<void> {
  const { options, words } = await locatedTarget(context, named, given, "services");
  const [service = "", ...rest] = words;
  const command = behindDashes(rest);
  if (command.length === 0) {
    const example = zbl("exec", ...given, "sh");
    throw new UsageError(`there is no command to run in ${service}, as in \`${example}\`.`);
  }
  const project = await targetProject(options, context.environment, { signal: context.signal });
  const container = await runningContainer(project, service, options.index);
  const { user, workdir } = options;
  const tty = options.tty !== false && hasTty();
  process.exitCode = await execIn(project, container, { command, user, workdir, tty });
}

/** The words of another program, which may stand behind `--`. */
function behindDashes(words: readonly string[]): readonly string[] {
  return words[0] === "--" ? words.slice(1) : words;
}

/**
 * Runs Rails in the api; without arguments its console.
 *
 * @throws DeployError of kind `CommandExecution` where the api has no Rails
 */
export async function railsCommand(
  context: CommandContext,
  given: readonly string[],
  named: NamedTarget,
): Promise<void> {
  const { options, words } = await locatedTarget(context, named, given, "services");
  const args = behindDashes(words);
  const project = await targetProject(options, context.environment, { signal: context.signal });
  const container = await runningContainerWithRole(project, "api");
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
