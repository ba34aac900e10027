/** The commands that messages name, complete and with their stack. */

import { quoted } from "../../setup/bootstrap/quoted.mjs";
import { engineOptions } from "../../src/docker/endpoint-settings.ts";
import type { StackArguments } from "./arguments.ts";
import type { DeployedProject } from "./saved-state.ts";

/** Deploys the stack, or goes on where a deployment stopped. */
export function startCommand(args: StackArguments): string {
  return withArguments("npm start", args);
}

/** Destroys the stack, or goes on where a destroy stopped. */
export function destroyCommand(args: StackArguments): string {
  return withArguments("npm run destroy", args);
}

/** Shows what runs of a deployment. */
export function statusCommand({ projectName, engine }: DeployedProject): string {
  return `npm run cli -- status --project ${projectName}${engineOptions(engine)}`;
}

function withArguments(command: string, { stack, rest }: StackArguments): string {
  const behind = rest.length === 0 ? [] : ["--", ...rest.map(quoted)];
  return [command, "--", "--stack", quoted(stack), ...behind].join(" ");
}
