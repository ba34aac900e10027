/** Complete commands for messages, with the stack's name. */

import { engineOptions } from "../docker/endpoint-settings.ts";
import { shellWord as quoted } from "../text/shell.ts";
import type { StackArguments } from "./context.ts";
import type { DeployedProject } from "./saved-states.ts";

/** Command that deploys the stack, or continues an interrupted deployment. */
export function startCommand(args: StackArguments): string {
  return withArguments("npm start", args);
}

/** Command that destroys the stack, or continues an interrupted destroy. */
export function destroyCommand(args: StackArguments): string {
  return withArguments("npm run destroy", args);
}

/** Command that shows the status of a deployment. */
export function statusCommand({ projectName, engine }: DeployedProject): string {
  return `npm run cli -- status --project ${projectName}${engineOptions(engine)}`;
}

function withArguments(command: string, { stack, rest }: StackArguments): string {
  const behind = rest.length === 0 ? [] : ["--", ...rest.map(quoted)];
  return [command, "--", "--stack", quoted(stack), ...behind].join(" ");
}
