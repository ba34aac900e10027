import { DeployError } from "../../errors.ts";
import { loginLines, loginWithSecrets } from "../../pulumi/cli/login-text.ts";
import { type DeploymentLogin, loginsIn, type StackLogin } from "../../pulumi/cli/stack-login.ts";
import { readStackState } from "../../pulumi/cli/stack-state.ts";
import { zbl } from "../../text/zbl.ts";
import type { CommandContext } from "../command-context.ts";
import { stackName } from "../stack-options.ts";
import { chosenStack, type StackChoice } from "../stack-target.ts";

interface LoginOptions extends StackChoice {
  readonly project?: string;
  readonly showSecrets?: boolean;
  readonly json?: boolean;
}

/**
 * Shows the login of the organization that a stack has opened: its URL and address, and the secrets
 * only if they are asked for.
 *
 * @throws DeployError of kind `StackNotFound`, or of kind `InvalidConfig` when the stack opens no
 *   organization
 */
export async function loginCommand(
  context: CommandContext,
  argument: string | undefined,
  options: LoginOptions,
): Promise<void> {
  const named = { ...options, stack: stackName(argument, options.stack) };
  const target = await chosenStack(context, named);
  const { stack } = target;
  const resources = await readStackState(target, true);
  const deployment = deploymentOf(loginsIn(resources), stack, options.project);
  if (deployment.hasStandIns) {
    context.output.note(
      `Stack ${stack} runs stand-ins for Lago's own images, and they know no logins.`,
    );
  }
  const login = loginOf(deployment, stack);
  const { url, email } = login;
  const isOpen = options.showSecrets === true;
  context.output.result(
    options.json === true
      ? JSON.stringify(isOpen ? login : { url, email })
      : (isOpen ? loginWithSecrets(login) : loginLines(login, stack)).join("\n"),
  );
}

function deploymentOf(
  deployments: readonly DeploymentLogin[],
  stack: string,
  project: string | undefined,
): DeploymentLogin {
  const meant = deployments.filter(
    ({ projectName }) => project === undefined || projectName === project,
  );
  const [only, ...more] = meant;
  if (only === undefined || more.length > 0) {
    const names = deployments.map(({ projectName }) => projectName).join(", ");
    const hint =
      names === ""
        ? `nothing is deployed. To deploy it: ${zbl("up", stack)}`
        : `it deploys ${names}. Name one of them with --project`;
    throw new DeployError("InvalidConfig", `Stack ${stack} has no login to show: ${hint}`);
  }
  return only;
}

function loginOf({ login, frontUrl }: DeploymentLogin, stack: string): StackLogin {
  if (login === undefined) {
    const open = frontUrl === undefined ? "" : ` at ${frontUrl}`;
    throw new DeployError(
      "InvalidConfig",
      [
        `Stack ${stack} opens no organization, so only you know your login${open}. To have one opened where there is none:`,
        `  ${zbl("set", stack, "organization.name", "Acme")}`,
        `  ${zbl("set", stack, "organization.email", "you@acme.example")}`,
        `  ${zbl("up", stack)}`,
      ].join("\n"),
    );
  }
  return login;
}
